package framewise.vision.tool;

import java.util.Optional;

/**
 * Whether a model may, must or must not call tools.
 *
 * @param name the only function that it must call, with {@link Mode#REQUIRED}; empty for any
 */
public record ToolChoice(Mode mode, Optional<String> name) {
  public enum Mode {
    /** The model decides. */
    AUTO,
    /** The model answers in words. */
    NONE,
    /** The model calls at least one tool. */
    REQUIRED
  }

  public static ToolChoice of(Mode mode) {
    return new ToolChoice(mode, Optional.empty());
  }
}
