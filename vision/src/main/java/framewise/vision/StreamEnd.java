package framewise.vision;

/**
 * Why a stream ended or was refused.
 *
 * @param code machine-readable, such as {@code lease_expired}
 * @param detail a sentence for users that says what to do, without secrets
 * @param cure what may help
 */
public record StreamEnd(String code, String detail, Cure cure) {
  /** What may help. */
  public enum Cure {
    /** A new stream, at once. */
    NEW_STREAM,
    /** Another request: this one is not allowed. */
    OTHER_REQUEST,
    /** Nothing until a user acts. */
    NONE
  }

  public boolean restartable() {
    return cure == Cure.NEW_STREAM;
  }
}
