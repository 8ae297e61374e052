package framewise.vision.tool;

import java.util.Optional;

/**
 * Whether a model may, must or must not call tools.
 *
 * @param name the only function that it must call, with {@link ToolMode#REQUIRED}; empty for any
 */
public record ToolChoice(ToolMode mode, Optional<String> name) {
  public enum ToolMode {
    /** The model decides. */
    AUTO,
    /** The model answers in words. */
    NONE,
    /** The model calls at least one tool. */
    REQUIRED
  }

  public static ToolChoice of(ToolMode mode) {
    return new ToolChoice(mode, Optional.empty());
  }
}
