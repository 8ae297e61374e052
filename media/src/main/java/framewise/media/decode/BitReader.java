package framewise.media.decode;

/**
 * Reads bits of a header, most significant first. Past the end it reads zeros and says so. Used by
 * one thread at a time.
 */
public final class BitReader {
  private final byte[] bytes;
  private final int end;
  private int position;

  /**
   * @param from first byte
   * @param to byte after the last
   */
  public BitReader(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.position = from * 8;
    this.end = to * 8;
  }

  /** The next bits as an unsigned number, at most 31. */
  public int bits(int count) {
    int value = 0;
    for (int i = 0; i < count; i++, position++) {
      int bit = position < end ? (bytes[position / 8] >> (7 - position % 8)) & 1 : 0;
      value = (value << 1) | bit;
    }
    return value;
  }

  /** The next bit. */
  public boolean bit() {
    return bits(1) == 1;
  }

  /** Moves on without reading. */
  void skip(int count) {
    position += count;
  }

  /** An unsigned number in Exp-Golomb code (ITU-T H.264, 9.1); huge for a malformed one. */
  public int unsigned() {
    int zeros = 0;
    while (zeros < 31 && !isOver() && !bit()) {
      zeros++;
    }
    return zeros >= 31 ? Integer.MAX_VALUE : (1 << zeros) - 1 + bits(zeros);
  }

  /** A signed number in Exp-Golomb code. */
  public int signed() {
    int code = unsigned();
    return code % 2 == 0 ? -(code / 2) : code / 2 + 1;
  }

  /** Whether more was read than there is. */
  public boolean isOver() {
    return position > end;
  }
}
