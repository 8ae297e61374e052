package framewise.engine.files;

import java.io.IOException;

/** Thrown when an object store can't be reached or refuses a call. */
public final class ObjectStoreException extends IOException {
  private static final long serialVersionUID = 1;

  /** What is wrong. */
  public enum Kind {
    /** It can't be reached, or reports an internal error: the next attempt may succeed. */
    UNREACHABLE,
    /** The keys, the bucket, the region or the rights are wrong. */
    REFUSED,
    /** It has no space left. */
    FULL
  }

  private final Kind kind;

  /**
   * @param sentence what went wrong and what to do
   */
  public ObjectStoreException(Kind kind, String sentence) {
    super(sentence);
    this.kind = kind;
  }

  /**
   * @param sentence what went wrong and what to do
   */
  public ObjectStoreException(Kind kind, String sentence, Throwable cause) {
    super(sentence, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
