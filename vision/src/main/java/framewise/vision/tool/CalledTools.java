package framewise.vision.tool;

import java.util.List;

/**
 * An answer that calls tools.
 *
 * @param text what the model said with the calls; may be empty
 * @param calls in order, at least one
 */
public record CalledTools(String text, List<ToolCall> calls) {
  public CalledTools {
    calls = List.copyOf(calls);
  }

  /** The answer as a person reads it: the text, then each call on a line. */
  public String shown() {
    StringBuilder shown = new StringBuilder(text);
    for (ToolCall call : calls) {
      shown.append(shown.isEmpty() ? "" : "\n").append(call.shown());
    }
    return shown.toString();
  }
}
