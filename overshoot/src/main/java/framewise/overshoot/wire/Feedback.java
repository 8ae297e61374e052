package framewise.overshoot.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.util.List;
import java.util.Objects;

/**
 * The body of {@code POST /streams/{id}/feedback}.
 *
 * @param rating 0 to 10 for the service; the first JavaScript client allowed only 1 to 5
 * @param category what it is about, at least 1 character
 * @param feedback words; may be empty
 */
public record Feedback(
    @JsonProperty(required = true) @JsonDeserialize(using = WholeNumbers.Reader.class) int rating,
    @JsonProperty(required = true) String category,
    String feedback) {

  private static final int BEST = 10;

  public Feedback {
    Objects.requireNonNull(category, "category");
    feedback = Absent.orEmpty(feedback);
  }

  /** What is wrong with it; empty if nothing is. */
  public List<Problem> problems() {
    return new Problems().range("rating", rating, 0, BEST, "").filled("category", category).list();
  }
}
