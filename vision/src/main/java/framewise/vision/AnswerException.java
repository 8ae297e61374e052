package framewise.vision;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** There is no answer. The kind is for programs, the message for people. Immutable. */
public final class AnswerException extends Exception {
  private final FailureKind kind;
  private final boolean unbilled;
  private final @Nullable Duration retryAfter;
  private final @Nullable String raw;
  private final @Nullable Usage usage;

  public AnswerException(FailureKind kind, String message) {
    this(kind, message, null, false, null, null, null);
  }

  public AnswerException(FailureKind kind, String message, Throwable cause) {
    this(kind, message, cause, false, null, null, null);
  }

  private AnswerException(
      FailureKind kind,
      @Nullable String message,
      @Nullable Throwable cause,
      boolean unbilled,
      @Nullable Duration retryAfter,
      @Nullable String raw,
      @Nullable Usage usage) {
    super(message, cause);
    this.kind = kind;
    this.unbilled = unbilled;
    this.retryAfter = retryAfter;
    this.raw = raw;
    this.usage = usage;
  }

  public FailureKind kind() {
    return kind;
  }

  /** The kind's code, such as {@code schema_unsupported}, {@code timeout}, {@code model_failed}. */
  public String code() {
    return kind.code();
  }

  /** Whether the service may bill the question all the same: it worked, or may have. */
  public boolean mayBeBilled() {
    return kind.billed() && !unbilled;
  }

  /** How long the service wants to be left alone; empty where it does not say. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /** What the service answered instead; empty where it said nothing. */
  public Optional<String> raw() {
    return Optional.ofNullable(raw);
  }

  /** What it took all the same; empty where nobody counts. */
  public Optional<Usage> usage() {
    return Optional.ofNullable(usage);
  }

  /** The same, where the service sent the question back and did nothing. */
  public AnswerException withoutBill() {
    return new AnswerException(kind, getMessage(), getCause(), true, retryAfter, raw, usage);
  }

  public AnswerException withRetryAfter(Duration wait) {
    return new AnswerException(kind, getMessage(), getCause(), unbilled, wait, raw, usage);
  }

  public AnswerException withRaw(String text) {
    return new AnswerException(kind, getMessage(), getCause(), unbilled, retryAfter, text, usage);
  }

  public AnswerException withUsage(Usage taken) {
    return new AnswerException(kind, getMessage(), getCause(), unbilled, retryAfter, raw, taken);
  }
}
