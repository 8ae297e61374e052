package framewise.server.v1beta;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.server.http.Reply;
import framewise.vision.chat.tool.OpenAiTools;
import framewise.vision.tool.ToolCall;
import java.util.ArrayList;
import java.util.List;

/** The tool calls that were sent as chunks so far. Used by one thread. */
final class CallDeltas {
  private final List<ToolCall> sent = new ArrayList<>();

  /** Whether these calls continue what was sent; they do not after an interrupted attempt. */
  boolean precede(List<ToolCall> calls) {
    if (calls.size() < sent.size()) {
      return false;
    }
    for (int i = 0; i < sent.size(); i++) {
      ToolCall before = sent.get(i);
      ToolCall now = calls.get(i);
      if (!now.id().equals(before.id()) || !now.arguments().startsWith(before.arguments())) {
        return false;
      }
    }
    return true;
  }

  /**
   * What is new in these calls, as {@code tool_calls} of a chunk; empty where nothing is.
   *
   * @param calls all calls so far, which continue what was sent
   */
  ArrayNode next(List<ToolCall> calls) {
    ArrayNode deltas = Reply.object().putArray("tool_calls");
    for (int i = 0; i < calls.size(); i++) {
      ToolCall call = calls.get(i);
      if (i >= sent.size()) {
        deltas.add(begun(i, call));
        sent.add(call);
      } else if (!call.arguments().equals(sent.get(i).arguments())) {
        String more = call.arguments().substring(sent.get(i).arguments().length());
        deltas.addObject().put("index", i).putObject("function").put("arguments", more);
        sent.set(i, call);
      }
    }
    return deltas;
  }

  private static ObjectNode begun(int index, ToolCall call) {
    ObjectNode message = Reply.object();
    OpenAiTools.put(message, List.of(call));
    return ((ObjectNode) message.at("/tool_calls/0")).put("index", index);
  }
}
