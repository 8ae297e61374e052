package framewise.vision;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** There is no answer. The code is for programs, the message for people. Immutable. */
public final class AnswerException extends Exception {
  private final String code;
  private final @Nullable Duration retryAfter;
  private final @Nullable String raw;
  private final @Nullable Usage usage;

  public AnswerException(String code, String message) {
    this(code, message, null, null, null, null);
  }

  public AnswerException(String code, String message, Throwable cause) {
    this(code, message, cause, null, null, null);
  }

  private AnswerException(
      String code,
      @Nullable String message,
      @Nullable Throwable cause,
      @Nullable Duration retryAfter,
      @Nullable String raw,
      @Nullable Usage usage) {
    super(message, cause);
    this.code = code;
    this.retryAfter = retryAfter;
    this.raw = raw;
    this.usage = usage;
  }

  /** Such as {@code schema_unsupported}, {@code timeout}, {@code model_failed}. */
  public String code() {
    return code;
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

  public AnswerException withRetryAfter(Duration wait) {
    return new AnswerException(code, getMessage(), getCause(), wait, raw, usage);
  }

  public AnswerException withRaw(String text) {
    return new AnswerException(code, getMessage(), getCause(), retryAfter, text, usage);
  }

  public AnswerException withUsage(Usage taken) {
    return new AnswerException(code, getMessage(), getCause(), retryAfter, raw, taken);
  }
}
