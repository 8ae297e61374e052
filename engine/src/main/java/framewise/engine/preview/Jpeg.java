package framewise.engine.preview;

/** A picture as it is sent to those who watch. Immutable. */
public final class Jpeg {
  private final byte[] bytes;
  private final long number;

  /**
   * @param bytes given away
   */
  Jpeg(byte[] bytes, long number) {
    this.bytes = bytes;
    this.number = number;
  }

  /** The file; not to be changed. */
  public byte[] bytes() {
    return bytes;
  }

  /** Larger than that of every picture before it. */
  long number() {
    return number;
  }
}
