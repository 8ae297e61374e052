package framewise.media.decode;

import java.util.Optional;

/**
 * Reads how large the pictures of AV1 packets may be before they are decoded, because libaom
 * allocates its pictures without a callback. No picture is larger than its sequence's header
 * allows, however many pictures a packet has: AV1 bitstream specification, sections 5.5.1 and
 * 5.9.5. Used by one thread at a time.
 */
final class Av1Size {
  private static final int SEQUENCE_HEADER = 1;

  /** Bytes before the units in a container's configuration record. */
  private static final int RECORD_HEADER = 4;

  private static final int MAX_LENGTH_BYTES = 8;

  /** The larger of the sequence's limits; zero until a header has come. */
  private int width;

  private int height;

  /** Pixels a side at most. */
  record Limits(int width, int height) {}

  /**
   * Reads the units of a container's configuration record, if it has any.
   *
   * @param record as in the parameters' extra data
   */
  void readRecord(byte[] record) {
    if (record.length > RECORD_HEADER && (record[0] & 0x80) != 0) {
      boolean _ = read(record, RECORD_HEADER);
    }
  }

  /**
   * The limits of a packet's pictures; zeros before the first header, and empty when the packet
   * can't be read.
   *
   * @param packet whole units, each with its size except perhaps the last one
   */
  Optional<Limits> of(byte[] packet) {
    return read(packet, 0) ? Optional.of(new Limits(width, height)) : Optional.empty();
  }

  private boolean read(byte[] units, int start) {
    boolean first = true;
    for (int at = start; at < units.length; ) {
      int type = (units[at] >> 3) & 0xf;
      boolean extended = (units[at] & 4) != 0;
      boolean sized = (units[at] & 2) != 0;
      boolean forbidden = units[at] < 0;
      at += extended ? 2 : 1;
      long length = (long) units.length - at;
      if (sized) {
        int count = 0;
        length = 0;
        boolean more = true;
        for (; more && count < MAX_LENGTH_BYTES && at < units.length; count++, at++) {
          length |= (long) (units[at] & 0x7f) << (7 * count);
          more = units[at] < 0;
        }
        if (more) {
          return false;
        }
      }
      if (forbidden || length < 0 || length > units.length - at) {
        return false;
      }
      int end = at + (int) length;
      if (type == SEQUENCE_HEADER) {
        BitReader in = new BitReader(units, at, end);
        Limits limits = sequence(in);
        if (in.isOver()) {
          return false;
        }
        width = first ? limits.width() : Math.max(width, limits.width());
        height = first ? limits.height() : Math.max(height, limits.height());
        first = false;
      }
      at = end;
    }
    return true;
  }

  private static Limits sequence(BitReader in) {
    in.skip(3); // profile
    in.skip(1); // still picture
    boolean reduced = in.bit();
    if (reduced) {
      in.skip(5); // level
    } else {
      skipOperatingPoints(in);
    }
    int widthBits = in.bits(4) + 1;
    int heightBits = in.bits(4) + 1;
    return new Limits(in.bits(widthBits) + 1, in.bits(heightBits) + 1);
  }

  private static void skipOperatingPoints(BitReader in) {
    boolean timing = in.bit();
    int delayBits = 0;
    boolean model = false;
    if (timing) {
      in.skip(64); // units in a tick, ticks in a second
      if (in.bit()) {
        skipVariable(in);
      }
      model = in.bit();
      if (model) {
        delayBits = in.bits(5) + 1;
        in.skip(32 + 5 + 5);
      }
    }
    boolean delays = in.bit();
    int points = in.bits(5) + 1;
    for (int i = 0; i < points; i++) {
      in.skip(12);
      int level = in.bits(5);
      in.skip(level > 7 ? 1 : 0);
      if (model && in.bit()) {
        in.skip(2 * delayBits + 1);
      }
      if (delays && in.bit()) {
        in.skip(4);
      }
    }
  }

  /** A number of variable length, section 4.10.3. */
  private static void skipVariable(BitReader in) {
    int zeros = 0;
    while (!in.isOver() && !in.bit()) {
      zeros++;
    }
    in.skip(zeros < 32 ? zeros : 0);
  }
}
