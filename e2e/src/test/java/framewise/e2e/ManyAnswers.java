package framewise.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Answers a page's requests for a session and its results instead of the service, which would take
 * long to produce thousands of answers.
 */
public final class ManyAnswers {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern PAGE = Pattern.compile("since=(\\d+)&limit=(\\d+)");

  private ManyAnswers() {}

  /**
   * Serves a session of one run.
   *
   * @param real the session as returned by the service
   * @param answers number of its answers
   * @param session modifies the session
   * @param result completes the result with the given number: text, times and clip
   */
  public static void serve(
      Page page,
      JsonNode real,
      int answers,
      Consumer<ObjectNode> session,
      BiConsumer<ObjectNode, Integer> result) {
    String id = real.path("session_id").asText();
    page.route(
        Pattern.compile("/sessions/" + id + "$"),
        route -> {
          ObjectNode shown = real.deepCopy();
          shown.put("last_seq", answers);
          ((ObjectNode) shown.path("counters")).put("results", answers);
          session.accept(shown);
          fulfill(route, shown);
        });
    page.route(
        Pattern.compile("/sessions/" + id + "/results\\?"),
        route -> {
          MatchResult wanted =
              PAGE.matcher(route.request().url()).results().findFirst().orElseThrow();
          int since = Integer.parseInt(wanted.group(1));
          int until = Math.min(answers, since + Integer.parseInt(wanted.group(2)));
          ObjectNode body = JSON.createObjectNode();
          var results = body.putArray("results");
          for (int seq = since + 1; seq <= until; seq++) {
            ObjectNode one = results.addObject();
            one.put("type", "result").put("id", "r" + seq).put("seq", seq).put("session_id", id);
            one.put("run", 1).put("prompt", "Count the people").put("backend", "builtin");
            one.put("mode", "frame").put("ok", true);
            result.accept(one, seq);
          }
          fulfill(route, body.put("last_seq", until).put("more", until < answers));
        });
  }

  private static void fulfill(Route route, JsonNode body) {
    route.fulfill(
        new Route.FulfillOptions().setContentType("application/json").setBody(body.toString()));
  }
}
