package framewise.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.Refusal;
import framewise.engine.Refusal.FieldError;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Error in the API's format: {@code application/problem+json} of RFC 9457.
 *
 * @param status of HTTP, 400 to 599
 * @param code for programs
 * @param detail a sentence that says what went wrong and what to do
 * @param errors the invalid fields; empty when no field is at fault
 * @param retryAfter when the same request may succeed, where known
 */
public record Problem(
    int status,
    String code,
    String detail,
    List<FieldError> errors,
    Optional<Duration> retryAfter) {
  public static final String CONTENT_TYPE = "application/problem+json";

  /** Maximum length of a request's line and headers together. */
  public static final int MAX_HEAD_KB = 64;

  /** Wait until a place may be free again. */
  private static final Duration PLACES_AGAIN = Duration.ofSeconds(5);

  /** Wait until another node has taken over the session. */
  private static final Duration MOVED_AGAIN = Duration.ofSeconds(3);

  /** Wait until a file store on another machine may have restarted. */
  private static final Duration FILES_AGAIN = Duration.ofSeconds(5);

  public Problem {
    errors = List.copyOf(errors);
  }

  public static Problem of(int status, String code, String detail) {
    return new Problem(status, code, detail, List.of(), Optional.empty());
  }

  /** A copy with the time when the same request may succeed. */
  public Problem retryAfter(Duration wait) {
    return new Problem(status, code, detail, errors, Optional.of(wait));
  }

  /** Value of {@code Retry-After}: whole seconds, at least 1. */
  public Optional<String> retrySeconds() {
    return retryAfter.map(
        wait -> Long.toString(Math.max(1, wait.plusNanos(999_999_999).toSeconds())));
  }

  /** Converts a refusal of the engine. */
  public static Problem of(Refusal refusal) {
    int status =
        switch (refusal.code()) {
          case SESSION_NOT_FOUND, WATCH_NOT_FOUND, INCIDENT_NOT_FOUND, LOOKBACK_NOT_FOUND ->
              HttpStatus.NOT_FOUND_404;
          case WRONG_STATUS, NO_PICTURE, SESSION_DAMAGED, TOO_MANY_WATCHES, LOOKBACK_RUNNING ->
              HttpStatus.CONFLICT_409;
          case TOO_LARGE -> HttpStatus.PAYLOAD_TOO_LARGE_413;
          case NOT_A_VIDEO -> HttpStatus.UNSUPPORTED_MEDIA_TYPE_415;
          case INVALID_FIELD, INVALID_BUNDLE -> HttpStatus.UNPROCESSABLE_ENTITY_422;
          case INVALID_REQUEST -> HttpStatus.BAD_REQUEST_400;
          case BACKEND_NOT_CONFIGURED,
              TOO_MANY_STREAMS,
              SEARCH_TOO_LONG,
              TOO_MANY_WATCHERS,
              BACKEND_PAUSED,
              MEMORY_EXHAUSTED,
              DATABASE_DAMAGED,
              DATABASE_UNAVAILABLE,
              FILES_UNAVAILABLE,
              TAKEN_OVER ->
              HttpStatus.SERVICE_UNAVAILABLE_503;
          case BUDGET_SPENT -> HttpStatus.PAYMENT_REQUIRED_402;
          case TOO_MANY_QUESTIONS, TOO_MANY_SEARCHES -> HttpStatus.TOO_MANY_REQUESTS_429;
          case BACKEND_FAILED -> HttpStatus.BAD_GATEWAY_502;
          case BACKEND_TIMED_OUT -> HttpStatus.GATEWAY_TIMEOUT_504;
          case VIDEO_MISSING -> HttpStatus.GONE_410;
          case DISK_FULL, STORAGE_FAILED -> HttpStatus.INSUFFICIENT_STORAGE_507;
        };
    return new Problem(
        status,
        refusal.code().name().toLowerCase(Locale.ROOT),
        refusal.detail().endsWith(".") ? refusal.detail() : refusal.detail() + ".",
        refusal.errors(),
        switch (refusal.code()) {
          case TOO_MANY_QUESTIONS, TOO_MANY_SEARCHES, TOO_MANY_WATCHERS ->
              Optional.of(PLACES_AGAIN);
          case TAKEN_OVER -> Optional.of(MOVED_AGAIN);
          case FILES_UNAVAILABLE -> Optional.of(FILES_AGAIN);
          default -> Optional.empty();
        });
  }

  /** A file can't be written for lack of space. */
  public static Problem diskFull() {
    return of(
        HttpStatus.INSUFFICIENT_STORAGE_507,
        "disk_full",
        "The disk is full. Delete sessions, free space on it, or set FRAMEWISE_DATA to a folder on"
            + " another disk.");
  }

  /** An internal error; only the log has the cause. */
  public static Problem internal() {
    return of(
        HttpStatus.INTERNAL_SERVER_ERROR_500,
        "internal",
        "Internal error. The service's log has the details.");
  }

  /** Default text for a status. */
  public static Problem ofStatus(int status) {
    String phrase = HttpStatus.getMessage(status);
    String detail =
        switch (status) {
          case HttpStatus.BAD_REQUEST_400 ->
              "The request is not valid HTTP: its first line, a header or its path cannot"
                  + " be parsed.";
          case HttpStatus.REQUEST_TIMEOUT_408 -> "The request did not arrive in time.";
          case HttpStatus.URI_TOO_LONG_414 ->
              "The request's path and query are longer than %d KB.".formatted(MAX_HEAD_KB);
          case HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431 ->
              "The request has more than 200 headers, or they are longer than %d KB."
                  .formatted(MAX_HEAD_KB);
          case HttpStatus.SERVICE_UNAVAILABLE_503 ->
              "The service can't accept this request now: too many of your requests are"
                  + " running, or the service is stopping. Try again in a few seconds.";
          default -> phrase + ".";
        };
    return of(status, phrase.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "_"), detail);
  }

  public ProblemException asException() {
    return new ProblemException(this);
  }

  /** The JSON document. */
  public ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("type", "about:blank");
    json.put("title", HttpStatus.getMessage(status));
    json.put("status", status);
    json.put("detail", detail);
    json.put("code", code);
    if (!errors.isEmpty()) {
      ArrayNode fields = json.putArray("errors");
      errors.forEach(
          error -> fields.addObject().put("field", error.field()).put("message", error.message()));
    }
    return json;
  }
}
