package framewise.vision.tool;

/**
 * A model's call of a tool.
 *
 * @param id identifies the call, so that its output can refer to it
 * @param name the tool's name
 * @param arguments JSON text; only its beginning while the call is being written
 */
public record ToolCall(String id, String name, String arguments) {
  /** The call as a person reads it. */
  public String shown() {
    return name + "(" + arguments + ")";
  }
}
