package framewise.vision;

import java.util.List;
import java.util.Locale;

/** The kinds of failure, and their consequences for the next question. */
public enum FailureKind {
  /** No connection, or no API at the address. */
  UNREACHABLE(Trait.BLAMES_SERVICE, Trait.RETRYABLE),
  /** The service refused the key. */
  UNAUTHORIZED(Trait.BLAMES_SERVICE),
  /** The account has no credit left. */
  INSUFFICIENT_CREDITS(Trait.BLAMES_SERVICE),
  /** The service allows fewer requests. */
  RATE_LIMITED(Trait.BLAMES_SERVICE, Trait.OVERLOAD),
  /** No answer in time. */
  TIMEOUT(Trait.BLAMES_SERVICE, Trait.RETRYABLE, Trait.BILLED, Trait.OVERLOAD),
  /** A server error, or an answer that broke off. */
  SERVICE_FAILED(Trait.BLAMES_SERVICE, Trait.RETRYABLE, Trait.BILLED),
  /** A reply that is not an answer. */
  UNREADABLE_ANSWER(Trait.BLAMES_SERVICE, Trait.RETRYABLE, Trait.BILLED),
  /** A model in this process failed. */
  MODEL_FAILED(Trait.BLAMES_SERVICE, Trait.RETRYABLE, Trait.BILLED),
  /** The structured answer exceeds the limit; another model may be briefer. */
  TOO_LONG(Trait.BLAMES_SERVICE, Trait.RETRYABLE, Trait.BILLED),
  /** The back end itself failed. */
  INTERNAL(Trait.BLAMES_SERVICE, Trait.RETRYABLE, Trait.BILLED),
  /** The service refused the request. */
  INVALID_REQUEST,
  /** The model does not exist, or not for this key. */
  UNKNOWN_MODEL,
  /** The schema cannot be used, or cannot be filled. */
  SCHEMA_UNSUPPORTED,
  /** The answer violates the schema. */
  SCHEMA_MISMATCH(Trait.BILLED),
  /** The service refuses to answer this. */
  CONTENT_FILTER(Trait.BILLED),
  /** The question is about pictures, and there is none. */
  NO_PICTURE,
  /** An answer without text. */
  EMPTY_ANSWER(Trait.BILLED);

  private enum Trait {
    BLAMES_SERVICE,
    RETRYABLE,
    BILLED,
    OVERLOAD
  }

  private final boolean blamesService;
  private final boolean retryable;
  private final boolean billed;
  private final boolean overload;

  FailureKind(Trait... traits) {
    var all = List.of(traits);
    this.blamesService = all.contains(Trait.BLAMES_SERVICE);
    this.retryable = all.contains(Trait.RETRYABLE);
    this.billed = all.contains(Trait.BILLED);
    this.overload = all.contains(Trait.OVERLOAD);
  }

  /** The code in results and metrics, such as {@code rate_limited}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the service is at fault; otherwise it is the question or the clip. */
  public boolean blamesService() {
    return blamesService;
  }

  /** Whether retrying the same service soon may succeed. */
  public boolean retryable() {
    return retryable;
  }

  /**
   * Whether this kind of failure suggests that the service did the work and bills it; see {@link
   * AnswerException#mayBeBilled()}.
   */
  public boolean billed() {
    return billed;
  }

  /** Whether fewer concurrent requests may help. */
  public boolean overload() {
    return overload;
  }
}
