package framewise.vision;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A failure to answer. The kind is for programs, the message for users. Immutable. */
public final class AnswerException extends Exception {
  private final FailureKind kind;
  private final boolean unbilled;
  private final @Nullable Duration retryAfter;
  private final @Nullable String raw;
  private final @Nullable Usage usage;
  private final int httpStatus;

  public AnswerException(FailureKind kind, String message) {
    this(kind, message, null, false, null, null, null, 0);
  }

  public AnswerException(FailureKind kind, String message, Throwable cause) {
    this(kind, message, cause, false, null, null, null, 0);
  }

  private AnswerException(
      FailureKind kind,
      @Nullable String message,
      @Nullable Throwable cause,
      boolean unbilled,
      @Nullable Duration retryAfter,
      @Nullable String raw,
      @Nullable Usage usage,
      int httpStatus) {
    super(message, cause);
    this.kind = kind;
    this.unbilled = unbilled;
    this.retryAfter = retryAfter;
    this.raw = raw;
    this.usage = usage;
    this.httpStatus = httpStatus;
  }

  public FailureKind kind() {
    return kind;
  }

  /** The kind's code, such as {@code schema_unsupported}, {@code timeout}, {@code model_failed}. */
  public String code() {
    return kind.code();
  }

  /** Whether the service may still bill the request, because it did or may have done the work. */
  public boolean mayBeBilled() {
    return kind.billed() && !unbilled;
  }

  /** How long the service asks to wait; empty when it does not say. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /** The service's reply, which was no answer; empty when there was none. */
  public Optional<String> raw() {
    return Optional.ofNullable(raw);
  }

  /** Tokens used despite the failure; empty when not counted. */
  public Optional<Usage> usage() {
    return Optional.ofNullable(usage);
  }

  /** The HTTP status of the service's refusal; empty where it did not refuse. */
  public OptionalInt httpStatus() {
    return httpStatus == 0 ? OptionalInt.empty() : OptionalInt.of(httpStatus);
  }

  /** A copy for a request that the service rejected without doing any work. */
  public AnswerException withoutBill() {
    return new AnswerException(
        kind, getMessage(), getCause(), true, retryAfter, raw, usage, httpStatus);
  }

  public AnswerException withRetryAfter(Duration wait) {
    return new AnswerException(
        kind, getMessage(), getCause(), unbilled, wait, raw, usage, httpStatus);
  }

  public AnswerException withRaw(String text) {
    return new AnswerException(
        kind, getMessage(), getCause(), unbilled, retryAfter, text, usage, httpStatus);
  }

  public AnswerException withUsage(Usage taken) {
    return new AnswerException(
        kind, getMessage(), getCause(), unbilled, retryAfter, raw, taken, httpStatus);
  }

  public AnswerException withHttpStatus(int status) {
    return new AnswerException(
        kind, getMessage(), getCause(), unbilled, retryAfter, raw, usage, status);
  }
}
