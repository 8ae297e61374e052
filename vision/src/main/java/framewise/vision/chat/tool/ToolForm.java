package framewise.vision.chat.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.vision.tool.ToolUse;

/**
 * Adds tools, and the conversation after the question, to the body of a request, in its wire
 * format. LangChain4j reads a tool's parameters into its own types and drops the rest of the
 * schema, so they are written here.
 */
public interface ToolForm {
  /**
   * Adds them to a request that so far ends with the question.
   *
   * @param address the request's address, which distinguishes the formats
   */
  static void put(ObjectNode body, ToolUse use, String address) {
    ToolForm form;
    if (body.has("contents")) {
      form = new GeminiTools(body);
    } else if (address.contains("/chat/completions")) {
      form = new OpenAiTools(body);
    } else {
      form = new AnthropicTools(body);
    }
    form.tools(use);
    use.turns().forEach(form::turn);
  }

  /** Adds the tools and the choice among them. */
  void tools(ToolUse use);

  /** Appends a message. */
  void turn(framewise.vision.tool.ToolTurn turn);
}
