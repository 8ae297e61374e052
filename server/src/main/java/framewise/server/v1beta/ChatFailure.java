package framewise.server.v1beta;

import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.Refusal;
import framewise.engine.result.Event;
import framewise.server.http.Problem;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Failure of a chat, in the terms of v1beta clients.
 *
 * @param code with the upstream's status, where known; empty for the fault's own code
 * @param provider the service that failed; empty for this one
 */
record ChatFailure(
    ChatFault fault, Optional<String> code, String message, Optional<String> provider) {
  /**
   * From a back end's failure.
   *
   * @param refusedWith the HTTP status of the service's refusal; empty where it did not refuse
   */
  static ChatFailure of(String backend, Event.Outcome.Failed failed, OptionalInt refusedWith) {
    String message = failed.message();
    return switch (failed.code()) {
      case "timeout" -> upstream(ChatFault.UPSTREAM_TIMEOUT, message, backend);
      case "rate_limited" -> upstream(ChatFault.RATE_LIMITED, message, backend);
      case "content_filter" -> upstream(ChatFault.PROVIDER_SAFETY_BLOCK, message, backend);
      case "schema_unsupported", "no_picture", "too_long" ->
          new ChatFailure(ChatFault.MEDIA_INVALID, Optional.empty(), message, Optional.empty());
      case "unauthorized" -> http(refusedWith.orElse(401), message, backend);
      case "insufficient_credits" -> http(refusedWith.orElse(402), message, backend);
      case "unknown_model" -> http(refusedWith.orElse(404), message, backend);
      case "invalid_request" -> http(refusedWith.orElse(400), message, backend);
      case "internal", "model_failed" ->
          new ChatFailure(ChatFault.INTERNAL_ERROR, Optional.empty(), message, Optional.empty());
      default ->
          refusedWith.isPresent()
              ? http(refusedWith.getAsInt(), message, backend)
              : upstream(ChatFault.UPSTREAM_REQUEST_FAILED, message, backend);
    };
  }

  /** From a refusal of the engine; empty where it does not concern chats. */
  static Optional<ChatFault> of(Refusal refusal) {
    return switch (refusal.code()) {
      case BUDGET_SPENT -> Optional.of(ChatFault.BILLING_DENIED);
      case TOO_MANY_QUESTIONS -> Optional.of(ChatFault.RATE_LIMITED);
      case BACKEND_PAUSED, BACKEND_NOT_CONFIGURED, MEMORY_EXHAUSTED ->
          Optional.of(ChatFault.MODEL_UNAVAILABLE);
      case SESSION_NOT_FOUND -> Optional.of(ChatFault.STREAM_NOT_FOUND);
      case BACKEND_FAILED -> Optional.of(ChatFault.UPSTREAM_REQUEST_FAILED);
      case BACKEND_TIMED_OUT -> Optional.of(ChatFault.UPSTREAM_TIMEOUT);
      default -> Optional.empty();
    };
  }

  /** The refusal as a problem, in v1beta's terms. */
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
