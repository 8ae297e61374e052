package framewise.overshoot;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Why something asked of Overshoot did not happen. One type a reason; each message says what was
 * wrong and what to do, and carries no secret. Texts of the service are shortened and cleaned
 * before they get in here.
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

  /** A stable name of the reason, such as {@code too_many_streams}. */
  public final String code() {
    return code;
  }

  /** Whether the same call may succeed a little later without anybody doing anything. */
  public final boolean retryable() {
    return retryable;
  }

  /** The HTTP status of the answer, if there was one. */
  public final OptionalInt httpStatus() {
    return httpStatus == 0 ? OptionalInt.empty() : OptionalInt.of(httpStatus);
  }

  /** The service's name for the request, if it gave one: its support asks for it. */
  public final Optional<String> requestId() {
    return requestId.isEmpty() ? Optional.empty() : Optional.of(requestId);
  }

  /**
   * Where a failure came from.
   *
   * @param httpStatus the status of the answer, 0 for none
   * @param requestId the service's name for the request, empty for none
   */
  public record Origin(int httpStatus, String requestId) {
    /** No answer came. */
    public static final Origin NONE = new Origin(0, "");
  }

  /** There is no API key. */
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

  /** The key is unknown, was revoked or may not do this (401, 403, close code 1008). */
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

  /** The key has as many streams open as it may have (429 on creation). */
  public static final class TooManyStreams extends OvershootException {
    private static final long serialVersionUID = 1L;

    public TooManyStreams(String message, Origin origin) {
      super("too_many_streams", true, message, origin, Optional.empty());
    }
  }

  /** What was asked is not allowed: found here before sending, or by the service (400, 422). */
  public static final class InvalidRequest extends OvershootException {
    private static final long serialVersionUID = 1L;

    /** Found here; nothing was sent. */
    public InvalidRequest(String message) {
      this(message, Origin.NONE);
    }

    public InvalidRequest(String message, Origin origin) {
      super("invalid_request", false, message, origin, Optional.empty());
    }
  }

  /** The service does not know the stream, or knows it no longer (404). */
  public static final class NotFound extends OvershootException {
    private static final long serialVersionUID = 1L;

    public NotFound(String message, Origin origin) {
      super("not_found", false, message, origin, Optional.empty());
    }
  }

  /** Refused for a reason of its own (409, 429 of other calls, a redirect, any other 4xx). */
  public static final class Refused extends OvershootException {
    private static final long serialVersionUID = 1L;

    public Refused(String message, boolean retryable, Origin origin) {
      super("refused", retryable, message, origin, Optional.empty());
    }
  }

  /** The service has trouble of its own (500 and above). */
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

  /** No connection or no answer in time. */
  public static final class TimedOut extends OvershootException {
    private static final long serialVersionUID = 1L;

    public TimedOut(String message, Optional<Throwable> cause) {
      super("timed_out", true, message, Origin.NONE, cause);
    }
  }

  /** An answer that is none: not JSON, too long, or without what it must hold. */
  public static final class UnreadableAnswer extends OvershootException {
    private static final long serialVersionUID = 1L;

    public UnreadableAnswer(String message, Origin origin) {
      super("unreadable_answer", true, message, origin, Optional.empty());
    }
  }

  /** This generation of the API is no longer served there. */
  public static final class ApiRetired extends OvershootException {
    private static final long serialVersionUID = 1L;

    public ApiRetired(String message, Origin origin) {
      super("api_retired", false, message, origin, Optional.empty());
    }
  }

  /** The client or the stream was closed before. */
  public static final class AlreadyClosed extends OvershootException {
    private static final long serialVersionUID = 1L;

    public AlreadyClosed(String what) {
      super("closed", false, what, Origin.NONE, Optional.empty());
    }
  }
}
