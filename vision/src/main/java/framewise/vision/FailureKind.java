package framewise.vision;

import java.util.List;
import java.util.Locale;

/** Why there is no answer, and what follows from it for the next question. */
public enum FailureKind {
  /** No connection, or no API at the address. */
  UNREACHABLE(Trait.BLAMES_SERVICE, Trait.RETRYABLE),
  /** The key was refused. */
  UNAUTHORIZED(Trait.BLAMES_SERVICE),
  /** The account has no credit left. */
  INSUFFICIENT_CREDITS(Trait.BLAMES_SERVICE),
  /** The service grants fewer requests. */
  RATE_LIMITED(Trait.BLAMES_SERVICE, Trait.OVERLOAD),
  /** No answer in time. */
  TIMEOUT(Trait.BLAMES_SERVICE, Trait.RETRYABLE, Trait.BILLED, Trait.OVERLOAD),
  /** An error of the service's own, or an answer that broke off. */
  SERVICE_FAILED(Trait.BLAMES_SERVICE, Trait.RETRYABLE, Trait.BILLED),
  /** Something that is no answer. */
  UNREADABLE_ANSWER(Trait.BLAMES_SERVICE, Trait.RETRYABLE, Trait.BILLED),
  /** A model in this process failed. */
  MODEL_FAILED(Trait.BLAMES_SERVICE, Trait.RETRYABLE, Trait.BILLED),
  /** The answer in the shape of the schema is longer than allowed; another model may be brief. */
  TOO_LONG(Trait.BLAMES_SERVICE, Trait.RETRYABLE, Trait.BILLED),
  /** The back end broke. */
  INTERNAL(Trait.BLAMES_SERVICE, Trait.RETRYABLE, Trait.BILLED),
  /** The request was refused. */
  INVALID_REQUEST,
  /** There is no such model, or not for this key. */
  UNKNOWN_MODEL,
  /** The schema cannot be used, or cannot be filled. */
  SCHEMA_UNSUPPORTED,
  /** The answer does not fit the schema. */
  SCHEMA_MISMATCH(Trait.BILLED),
  /** The service refuses to answer this. */
  CONTENT_FILTER(Trait.BILLED),
  /** The question is one about pictures, and there is none. */
  NO_PICTURE,
  /** An answer without words. */
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

  /** Whether the service is in trouble; otherwise the fault lies with the question or the clip. */
  public boolean blamesService() {
    return blamesService;
  }

  /** Whether the same service may answer the same question a moment later. */
  public boolean retryable() {
    return retryable;
  }

  /**
   * Whether the service may have worked, and bills it, as far as the kind says; see {@link
   * AnswerException#mayBeBilled()}.
   */
  public boolean billed() {
    return billed;
  }

  /** Whether fewer requests at a time may help. */
  public boolean overload() {
    return overload;
  }
}
