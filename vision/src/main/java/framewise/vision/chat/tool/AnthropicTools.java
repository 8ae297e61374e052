package framewise.vision.chat.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.vision.tool.Tool;
import framewise.vision.tool.ToolChoice;
import framewise.vision.tool.ToolTurn;
import framewise.vision.tool.ToolUse;
import java.util.Optional;

/** Tools in Anthropic's Messages API. */
final class AnthropicTools implements ToolForm {
  private final ObjectNode body;

  AnthropicTools(ObjectNode body) {
    this.body = body;
  }

  @Override
  public void tools(ToolUse use) {
    ArrayNode tools = body.putArray("tools");
    for (Tool tool : use.tools()) {
      ObjectNode json = tools.addObject().put("name", tool.name());
      tool.description().ifPresent(text -> json.put("description", text));
      tool.parameters()
          .ifPresentOrElse(
              schema -> json.set("input_schema", schema),
              () -> json.putObject("input_schema").put("type", "object"));
      tool.strict().filter(strict -> strict).ifPresent(strict -> json.put("strict", true));
    }
    boolean single = use.parallel().equals(Optional.of(false));
    if (use.choice().isPresent() || single) {
      ToolChoice choice = use.choice().orElse(ToolChoice.of(ToolChoice.ToolMode.AUTO));
      ObjectNode json = body.putObject("tool_choice").put("type", type(choice));
      choice.name().ifPresent(name -> json.put("name", name));
      if (single && choice.mode() != ToolChoice.ToolMode.NONE) {
        json.put("disable_parallel_tool_use", true);
      }
    }
  }

  private static String type(ToolChoice choice) {
    return switch (choice.mode()) {
      case AUTO -> "auto";
      case NONE -> "none";
      case REQUIRED -> choice.name().isPresent() ? "tool" : "any";
    };
  }

  @Override
  public void turn(ToolTurn turn) {
    switch (turn) {
      case ToolTurn.Calls(var text, var calls) -> {
        if (!text.isEmpty()) {
          text("assistant", text);
        }
        calls.forEach(
            call ->
                content("assistant")
                    .addObject()
                    .put("type", "tool_use")
                    .put("id", call.id())
                    .put("name", call.name())
                    .set("input", ToolJson.arguments(call.arguments())));
      }
      case ToolTurn.Output(var id, var _, var text) ->
          content("user")
              .addObject()
              .put("type", "tool_result")
              .put("tool_use_id", id)
              .put("content", text);
      case ToolTurn.TextTurn(var user, var text) -> text(user ? "user" : "assistant", text);
    }
  }

  private void text(String role, String text) {
    content(role).addObject().put("type", "text").put("text", text);
  }

  /** The content of the last message, or of a new one where another role spoke last. */
  private ArrayNode content(String role) {
    ArrayNode messages = body.withArrayProperty("messages");
    JsonNode last = messages.path(messages.size() - 1);
    boolean continues = last.path("role").asText().equals(role) && messages.size() > 1;
    return continues && last.path("content") instanceof ArrayNode content
        ? content
        : messages.addObject().put("role", role).putArray("content");
  }
}
