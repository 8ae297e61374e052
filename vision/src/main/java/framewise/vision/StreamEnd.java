package framewise.vision;

/**
 * Why a stream is over, or never was.
 *
 * @param code for programs, such as {@code lease_expired}
 * @param detail a sentence for people that says what to do, without secrets
 * @param cure what may help
 */
public record StreamEnd(String code, String detail, Cure cure) {
  /** What may help. */
  public enum Cure {
    /** A new stream, without anybody doing anything first. */
    NEW_STREAM,
    /** Another request: this one asks for what is not allowed. */
    OTHER_REQUEST,
    /** Somebody has to do something first. */
    NONE
  }

  public boolean restartable() {
    return cure == Cure.NEW_STREAM;
  }
}
