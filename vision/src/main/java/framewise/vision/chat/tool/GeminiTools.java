package framewise.vision.chat.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.vision.tool.Tool;
import framewise.vision.tool.ToolCall;
import framewise.vision.tool.ToolChoice;
import framewise.vision.tool.ToolTurn;
import framewise.vision.tool.ToolUse;

/**
 * Tools in Gemini's generateContent. It matches outputs with calls by name and order, and decides
 * itself how many tools it calls at once.
 */
final class GeminiTools implements ToolForm {
  private final ObjectNode body;

  GeminiTools(ObjectNode body) {
    this.body = body;
  }

  @Override
  public void tools(ToolUse use) {
    ArrayNode functions = body.putArray("tools").addObject().putArray("functionDeclarations");
    for (Tool tool : use.tools()) {
      ObjectNode json = functions.addObject().put("name", tool.name());
      tool.description().ifPresent(text -> json.put("description", text));
      tool.parameters().ifPresent(schema -> json.set("parametersJsonSchema", schema));
    }
    use.choice().ifPresent(this::choice);
  }

  private void choice(ToolChoice choice) {
    ObjectNode config = body.putObject("toolConfig").putObject("functionCallingConfig");
    config.put(
        "mode",
        switch (choice.mode()) {
          case AUTO -> "AUTO";
          case NONE -> "NONE";
          case REQUIRED -> "ANY";
        });
    choice.name().ifPresent(name -> config.putArray("allowedFunctionNames").add(name));
  }

  @Override
  public void turn(ToolTurn turn) {
    switch (turn) {
      case ToolTurn.Calls(var text, var calls) -> {
        if (!text.isEmpty()) {
          parts("model").addObject().put("text", text);
        }
        calls.forEach(this::call);
      }
      case ToolTurn.Output(var _, var name, var text) ->
          parts("user")
              .addObject()
              .putObject("functionResponse")
              .put("name", name)
              .set("response", ToolJson.object(text, "result"));
      case ToolTurn.TextTurn(var user, var text) ->
          parts(user ? "user" : "model").addObject().put("text", text);
    }
  }

  private void call(ToolCall call) {
    ObjectNode part = parts("model").addObject();
    part.putObject("functionCall")
        .put("name", call.name())
        .set("args", ToolJson.arguments(call.arguments()));
    String signature = SignedId.signature(call.id());
    if (!signature.isEmpty()) {
      part.put("thoughtSignature", signature);
    }
  }

  /** The parts of the last content, or of a new one where another role spoke last. */
  private ArrayNode parts(String role) {
    ArrayNode contents = body.withArrayProperty("contents");
    JsonNode last = contents.path(contents.size() - 1);
    boolean continues = last.path("role").asText().equals(role) && contents.size() > 1;
    return continues && last.path("parts") instanceof ArrayNode parts
        ? parts
        : contents.addObject().put("role", role).putArray("parts");
  }
}
