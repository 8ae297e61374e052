package framewise.overshoot.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;

/**
 * The body of {@code PATCH /streams/{id}/config/prompt}.
 *
 * @param prompt the new question, at least one character that is not a blank
 */
public record PromptUpdate(@JsonProperty(required = true) String prompt) {
  public PromptUpdate {
    Objects.requireNonNull(prompt, "prompt");
  }

  /** What is wrong with it; empty if nothing is. */
  public List<Problem> problems() {
    return new Problems().filled("prompt", prompt).list();
  }
}
