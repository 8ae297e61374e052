package framewise.overshoot;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Why a call to Overshoot failed. One subtype per reason; each message says what went wrong and
 * what to do, without secrets. Texts from the service are shortened and cleaned first.
 */
public abstract sealed class OvershootException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String code;
  private final boolean retryable;
  private final int httpStatus;
  private final String requestId;

  private OvershootException(
      String code, boolean retryable, String message, Origin origin, Optional<Throwable> cause) {
    super(message, cause.orElse(null));
    this.code = code;
    this.retryable = retryable;
    this.httpStatus = origin.httpStatus();
    this.requestId = origin.requestId();
  }

  /** The reason's stable code, such as {@code too_many_streams}. */
  public final String code() {
    return code;
  }

  /** Whether retrying the same call a little later may succeed. */
  public final boolean retryable() {
    return retryable;
  }

  /** The HTTP status of the response, if there was one. */
  public final OptionalInt httpStatus() {
    return httpStatus == 0 ? OptionalInt.empty() : OptionalInt.of(httpStatus);
  }

  /** The service's request id, if any, for its support. */
  public final Optional<String> requestId() {
    return requestId.isEmpty() ? Optional.empty() : Optional.of(requestId);
  }

  /**
   * The origin of a failure.
   *
   * @param httpStatus the status of the response, 0 for none
   * @param requestId the service's request id, empty for none
   */
  public record Origin(int httpStatus, String requestId) {
    /** No response. */
    public static final Origin NONE = new Origin(0, "");
  }

  /** The API key is missing. */
  public static final class KeyMissing extends OvershootException {
    private static final long serialVersionUID = 1L;

    public KeyMissing() {
      super(
          "key_missing",
          false,
          "OVERSHOOT_API_KEY must be provided: set it in the environment or in the .env file and"
              + " start again",
          Origin.NONE,
          Optional.empty());
    }
  }

  /** The key is unknown, revoked or lacks permission (401, 403, close code 1008). */
  public static final class Unauthorized extends OvershootException {
    private static final long serialVersionUID = 1L;

    public Unauthorized(String message, Origin origin) {
      super("unauthorized", false, message, origin, Optional.empty());
    }
  }

  /** The account has no credit left (402). */
  public static final class InsufficientCredits extends OvershootException {
    private static final long serialVersionUID = 1L;

    public InsufficientCredits(String message, Origin origin) {
      super("insufficient_credits", false, message, origin, Optional.empty());
    }
  }

  /** The key has reached its limit of open streams (429 on creation). */
  public static final class TooManyStreams extends OvershootException {
    private static final long serialVersionUID = 1L;

    public TooManyStreams(String message, Origin origin) {
      super("too_many_streams", true, message, origin, Optional.empty());
    }
  }

  /** The request is not allowed, according to the client's own check or the service (400, 422). */
  public static final class InvalidRequest extends OvershootException {
    private static final long serialVersionUID = 1L;

    /** For the client's own check, before sending. */
    public InvalidRequest(String message) {
      this(message, Origin.NONE);
    }

    public InvalidRequest(String message, Origin origin) {
      super("invalid_request", false, message, origin, Optional.empty());
    }
  }

  /** The service does not know the stream, or no longer does (404). */
  public static final class NotFound extends OvershootException {
    private static final long serialVersionUID = 1L;

    public NotFound(String message, Origin origin) {
      super("not_found", false, message, origin, Optional.empty());
    }
  }

  /** Any other refusal (409, 429 of other calls, a redirect, any other 4xx). */
  public static final class Refused extends OvershootException {
    private static final long serialVersionUID = 1L;

    public Refused(String message, boolean retryable, Origin origin) {
      super("refused", retryable, message, origin, Optional.empty());
    }
  }

  /** A server error (500 and above). */
  public static final class ServerFault extends OvershootException {
    private static final long serialVersionUID = 1L;

    public ServerFault(String message, Origin origin) {
      super("server_error", true, message, origin, Optional.empty());
    }
  }

  /** No connection, or one that broke. */
  public static final class Unreachable extends OvershootException {
    private static final long serialVersionUID = 1L;

    public Unreachable(String message, Optional<Throwable> cause) {
      super("unreachable", true, message, Origin.NONE, cause);
    }
  }

  /** No connection or no response in time. */
  public static final class TimedOut extends OvershootException {
    private static final long serialVersionUID = 1L;

    public TimedOut(String message, Optional<Throwable> cause) {
      super("timed_out", true, message, Origin.NONE, cause);
    }
  }

  /** An invalid response: not JSON, too long, or incomplete. */
  public static final class UnreadableAnswer extends OvershootException {
    private static final long serialVersionUID = 1L;

    public UnreadableAnswer(String message, Origin origin) {
      super("unreadable_answer", true, message, origin, Optional.empty());
    }
  }

  /** The server no longer supports this generation of the API. */
  public static final class ApiRetired extends OvershootException {
    private static final long serialVersionUID = 1L;

    public ApiRetired(String message, Origin origin) {
      super("api_retired", false, message, origin, Optional.empty());
    }
  }

  /** The client or the stream is already closed. */
  public static final class AlreadyClosed extends OvershootException {
    private static final long serialVersionUID = 1L;

    public AlreadyClosed(String what) {
      super("closed", false, what, Origin.NONE, Optional.empty());
    }
  }
}
