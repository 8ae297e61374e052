package framewise.server.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.money.Forecast;
import framewise.server.http.Reply;

/** JSON of a cost forecast. */
final class ForecastJson {
  private ForecastJson() {}

  static ObjectNode write(Forecast forecast) {
    ObjectNode json = Reply.object();
    json.put("usd_per_hour", forecast.dollarsPerHour().orElse(null));
    json.put("text", forecast.text());
    json.put("questions_per_hour", forecast.questionsPerHour());
    return json;
  }
}
