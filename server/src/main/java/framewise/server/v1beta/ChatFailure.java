package framewise.server.v1beta;

import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.Refusal;
import framewise.engine.result.Event;
import framewise.server.http.Problem;
import java.time.Duration;
import java.util.Optional;

/**
 * Why a chat has no answer, as clients of v1beta read it.
 *
 * @param code with the upstream's status, where it is known; empty for the fault's own
 * @param provider who failed; empty where it is this service
 */
record ChatFailure(
    ChatFault fault, Optional<String> code, String message, Optional<String> provider) {
  /** What a back end failed with. */
  static ChatFailure of(String backend, Event.Outcome.Failed failed) {
    String message = failed.message();
    return switch (failed.code()) {
      case "timeout" -> upstream(ChatFault.UPSTREAM_TIMEOUT, message, backend);
      case "rate_limited" -> upstream(ChatFault.RATE_LIMITED, message, backend);
      case "content_filter" -> upstream(ChatFault.PROVIDER_SAFETY_BLOCK, message, backend);
      case "schema_unsupported", "no_picture", "too_long" ->
          new ChatFailure(ChatFault.MEDIA_INVALID, Optional.empty(), message, Optional.empty());
      case "unauthorized" -> http(401, message, backend);
      case "insufficient_credits" -> http(402, message, backend);
      case "unknown_model" -> http(404, message, backend);
      case "invalid_request" -> http(400, message, backend);
      case "internal", "model_failed" ->
          new ChatFailure(ChatFault.INTERNAL_ERROR, Optional.empty(), message, Optional.empty());
      default -> upstream(ChatFault.UPSTREAM_REQUEST_FAILED, message, backend);
    };
  }

  /** What the engine refused; empty where it is no matter of chats alone. */
  static Optional<ChatFault> of(Refusal refusal) {
    return switch (refusal.code()) {
      case BUDGET_SPENT -> Optional.of(ChatFault.BILLING_DENIED);
      case TOO_MANY_QUESTIONS -> Optional.of(ChatFault.RATE_LIMITED);
      case BACKEND_PAUSED, BACKEND_NOT_CONFIGURED -> Optional.of(ChatFault.MODEL_UNAVAILABLE);
      case SESSION_NOT_FOUND -> Optional.of(ChatFault.STREAM_NOT_FOUND);
      case BACKEND_FAILED -> Optional.of(ChatFault.UPSTREAM_REQUEST_FAILED);
      case BACKEND_TIMED_OUT -> Optional.of(ChatFault.UPSTREAM_TIMEOUT);
      default -> Optional.empty();
    };
  }

  /** The refusal as a problem in the words of v1beta. */
  static Problem problem(Refusal refusal) {
    Problem problem = Problem.of(refusal);
    if (refusal.code() == Refusal.Code.INVALID_REQUEST) {
      var body = new Refusal.FieldError("", problem.detail());
      return Problem.of(
          new Refusal(Refusal.Code.INVALID_FIELD, problem.detail(), java.util.List.of(body)));
    }
    return of(refusal)
        .map(
            fault -> {
              Problem one = Problem.of(fault.status(), fault.code(), problem.detail());
              return fault == ChatFault.RATE_LIMITED ? one.retryAfter(Duration.ofSeconds(1)) : one;
            })
        .orElse(problem);
  }

  ObjectNode json() {
    ObjectNode json = fault.json(message, code.or(() -> Optional.of(fault.code())));
    provider.ifPresent(
        name -> {
          ObjectNode upstream =
              ((ObjectNode) json.get("detail").get("error")).putObject("upstream");
          upstream.put("provider", name);
          status().ifPresent(status -> upstream.put("status", status));
        });
    return json;
  }

  private Optional<Integer> status() {
    return code.map(text -> Integer.parseInt(text.substring(text.lastIndexOf('_') + 1)));
  }

  private static ChatFailure upstream(ChatFault fault, String message, String backend) {
    return new ChatFailure(fault, Optional.empty(), message, Optional.of(backend));
  }

  private static ChatFailure http(int status, String message, String backend) {
    return new ChatFailure(
        ChatFault.UPSTREAM_REQUEST_FAILED,
        Optional.of("upstream_http_" + status),
        message,
        Optional.of(backend));
  }
}
