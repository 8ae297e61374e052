package framewise.server.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.money.SpendingTotal;
import framewise.server.http.Reply;

/** JSON of the cost of answers. */
final class SpentJson {
  private SpentJson() {}

  static ObjectNode write(SpendingTotal spent) {
    ObjectNode json = Reply.object();
    json.put("usd", spent.dollars().stripTrailingZeros());
    json.put("input_tokens", spent.usage().inputTokens());
    json.put("output_tokens", spent.usage().outputTokens());
    json.put("unpriced", spent.unpriced());
    return json;
  }
}
