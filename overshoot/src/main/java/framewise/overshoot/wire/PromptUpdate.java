package framewise.overshoot.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;

/**
 * The body of {@code PATCH /streams/{id}/config/prompt}.
 *
 * @param prompt the new prompt, at least one non-blank character
 */
public record PromptUpdate(@JsonProperty(required = true) String prompt) {
  public PromptUpdate {
    Objects.requireNonNull(prompt, "prompt");
  }

  /** The invalid fields; empty if there are none. */
  public List<InvalidField> problems() {
    return new InvalidFields().filled("prompt", prompt).list();
  }
}
