package framewise.overshoot.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.util.List;
import java.util.Objects;

/**
 * The body of {@code POST /streams/{id}/feedback}.
 *
 * @param rating 0 to 10; the first JavaScript client allowed only 1 to 5
 * @param category the subject, at least 1 character
 * @param feedback a comment; may be empty
 */
public record Feedback(
    @JsonProperty(required = true) @JsonDeserialize(using = WholeNumbers.Reader.class) int rating,
    @JsonProperty(required = true) String category,
    String feedback) {

  private static final int BEST = 10;

  public Feedback {
    Objects.requireNonNull(category, "category");
    feedback = AbsentFields.orEmpty(feedback);
  }

  /** The invalid fields; empty if there are none. */
  public List<InvalidField> problems() {
    return new InvalidFields()
        .range("rating", rating, 0, BEST, "")
        .filled("category", category)
        .list();
  }
}
