package framewise.vision.chat.tool;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.vision.tool.Tool;
import framewise.vision.tool.ToolCall;
import framewise.vision.tool.ToolChoice;
import framewise.vision.tool.ToolTurn;
import framewise.vision.tool.ToolUse;
import java.util.List;
import java.util.Locale;

/** Tools in OpenAI's chat completions. */
public final class OpenAiTools implements ToolForm {
  private static final String FUNCTION = "function";

  private final ObjectNode body;

  OpenAiTools(ObjectNode body) {
    this.body = body;
  }

  @Override
  public void tools(ToolUse use) {
    ArrayNode tools = body.putArray("tools");
    for (Tool tool : use.tools()) {
      ObjectNode function = tools.addObject().put("type", FUNCTION).putObject(FUNCTION);
      function.put("name", tool.name());
      tool.description().ifPresent(text -> function.put("description", text));
      tool.parameters().ifPresent(schema -> function.set("parameters", schema));
      tool.strict().ifPresent(strict -> function.put("strict", strict));
    }
    use.choice().ifPresent(this::choice);
    use.parallel().ifPresent(parallel -> body.put("parallel_tool_calls", parallel));
  }

  @Override
  public void turn(ToolTurn turn) {
    ObjectNode message = body.withArrayProperty("messages").addObject();
    switch (turn) {
      case ToolTurn.Calls(var text, var calls) -> {
        message.put("role", "assistant").put("content", text.isEmpty() ? null : text);
        put(message, calls);
      }
      case ToolTurn.Output(var id, var _, var text) ->
          message.put("role", "tool").put("tool_call_id", id).put("content", text);
      case ToolTurn.TextTurn(var user, var text) ->
          message.put("role", user ? "user" : "assistant").put("content", text);
    }
  }

  /** Adds {@code tool_calls} to a message. */
  public static void put(ObjectNode message, List<ToolCall> calls) {
    ArrayNode list = message.putArray("tool_calls");
    for (ToolCall call : calls) {
      ObjectNode json = list.addObject().put("id", call.id()).put("type", FUNCTION);
      json.putObject(FUNCTION).put("name", call.name()).put("arguments", call.arguments());
    }
  }

  private void choice(ToolChoice choice) {
    choice
        .name()
        .ifPresentOrElse(
            name ->
                body.putObject("tool_choice")
                    .put("type", FUNCTION)
                    .putObject(FUNCTION)
                    .put("name", name),
            () -> body.put("tool_choice", choice.mode().name().toLowerCase(Locale.ROOT)));
  }
}
