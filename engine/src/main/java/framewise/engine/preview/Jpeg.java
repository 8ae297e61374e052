package framewise.engine.preview;

/** Encoded picture for viewers. Immutable. */
public final class Jpeg {
  private final byte[] bytes;
  private final long number;

  /**
   * @param bytes owned by this object from now on
   */
  Jpeg(byte[] bytes, long number) {
    this.bytes = bytes;
    this.number = number;
  }

  /** The file's bytes; must not be changed. */
  public byte[] bytes() {
    return bytes;
  }

  /** Sequence number, larger than that of every earlier picture. */
  long number() {
    return number;
  }
}
