package framewise.vision.tool;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * The tools for a question, and the conversation after it.
 *
 * @param tools at least one
 * @param choice empty for the service's default
 * @param parallel whether the model may call several at once; empty for the service's default
 * @param turns messages after the question, in order; empty at first
 */
public record ToolUse(
    List<Tool> tools,
    Optional<ToolChoice> choice,
    Optional<Boolean> parallel,
    List<ToolTurn> turns) {
  public ToolUse {
    tools = List.copyOf(tools);
    turns = List.copyOf(turns);
  }

  public ToolUse withTurns(List<ToolTurn> other) {
    return new ToolUse(tools, choice, parallel, other);
  }

  /** Length of everything that it adds to a request, in characters. */
  public int characters() {
    int described =
        tools.stream()
            .mapToInt(
                tool ->
                    tool.name().length()
                        + tool.description().map(String::length).orElse(0)
                        + tool.parameters().map(JsonNode::toString).map(String::length).orElse(0))
            .sum();
    return described + turns.stream().mapToInt(ToolTurn::characters).sum();
  }
}
