package framewise.server.v1beta;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.Refusal.FieldError;
import framewise.server.http.ErrorForm;
import framewise.server.http.Problem;
import framewise.server.http.Reply;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Error format of v1beta: {@code {"detail": "text"}}, for a chat {@code {"detail": {"error":
 * {message, type, code}}}}, for invalid fields {@code {"error": "validation_error", message,
 * details}}.
 */
public final class V1betaErrors implements ErrorForm {
  /** Base paths of the API, each with the same calls. */
  static final List<String> BASES = List.of("/v1beta", "/v1");

  static final String BILLING = "/billing";

  /** Base path of the sockets that publishers open. */
  private static final String SIGNALS = "/rtc";

  static final String CHAT = "/chat/completions";

  private static final int UNPROCESSABLE = 422;

  /** Separates the steps of a field's name, such as {@code prompts[0].name}. */
  private static final Pattern PLACE = Pattern.compile("[.\\[\\]]+");

  @Override
  public boolean covers(String path) {
    return isBelow(BILLING, path)
        || isBelow(SIGNALS, path)
        || BASES.stream().anyMatch(base -> isBelow(base, path));
  }

  @Override
  public String json(Problem problem) {
    return plain(problem).toString();
  }

  @Override
  public Body body(Optional<String> path, Problem problem) {
    boolean chat = path.filter(text -> text.endsWith(CHAT)).isPresent();
    Optional<ChatFault> fault = ChatFault.of(problem.code());
    ObjectNode json =
        chat && fault.isPresent() ? fault.get().json(problem.detail()) : plain(problem);
    return new Body("application/json", json.toString());
  }

  private static ObjectNode plain(Problem problem) {
    ObjectNode json = Reply.object();
    if (problem.status() != UNPROCESSABLE || problem.errors().isEmpty()) {
      return json.put("detail", problem.detail());
    }
    json.put("error", "validation_error").put("message", problem.detail());
    ArrayNode details = json.putArray("details");
    for (FieldError error : problem.errors()) {
      ObjectNode detail = details.addObject();
      ArrayNode place = detail.putArray("loc").add("body");
      PLACE.splitAsStream(error.field()).forEach(place::add);
      boolean missing = error.message().contains(" is missing");
      detail.put("msg", error.message()).put("type", missing ? "missing" : "value_error");
    }
    return json;
  }

  private static boolean isBelow(String base, String path) {
    return path.equals(base) || path.startsWith(base + "/");
  }
}
