package framewise.webrtc.payload;

import framewise.media.decode.BitReader;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** Reads the size from a sequence parameter set (ITU-T H.264, 7.3.2.1.1). */
final class H264Size {
  /** Profiles whose parameter sets have fields for colour formats. */
  private static final Set<Integer> HIGH =
      Set.of(100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135);

  /** Far above any real one; keeps the arithmetic within range. */
  private static final int MAX_BLOCKS = 1 << 16;

  private static final int MAX_REFERENCES = 255;

  private H264Size() {}

  /**
   * The coded size, before cropping.
   *
   * @param from first byte of the unit, with its header
   * @return empty when it is malformed
   */
  static Optional<PictureSize> of(byte[] bytes, int from, int length) {
    byte[] plain = unescaped(bytes, from, length);
    BitReader in = new BitReader(plain, 1, plain.length);
    int profile = in.bits(8);
    int _ = in.bits(16);
    int _ = in.unsigned();
    if (HIGH.contains(profile)) {
      skipColours(in);
    }
    int _ = in.unsigned();
    int order = in.unsigned();
    if (order == 0) {
      int _ = in.unsigned();
    } else if (order == 1) {
      int _ = in.bits(1);
      int _ = in.signed();
      int _ = in.signed();
      int cycle = in.unsigned();
      if (cycle > MAX_REFERENCES) {
        return Optional.empty();
      }
      for (int i = 0; i < cycle; i++) {
        int _ = in.signed();
      }
    }
    int _ = in.unsigned();
    int _ = in.bits(1);
    int wide = in.unsigned();
    int high = in.unsigned();
    boolean frames = in.bit();
    if (in.isOver() || order > 2 || wide >= MAX_BLOCKS || high >= MAX_BLOCKS) {
      return Optional.empty();
    }
    return Optional.of(new PictureSize(16 * (wide + 1), 16 * (high + 1) * (frames ? 1 : 2)));
  }

  private static void skipColours(BitReader in) {
    int format = in.unsigned();
    int _ = format == 3 ? in.bits(1) : 0;
    int _ = in.unsigned();
    int _ = in.unsigned();
    int _ = in.bits(1);
    if (!in.bit()) {
      return;
    }
    for (int list = 0; list < (format == 3 ? 12 : 8); list++) {
      if (in.bit()) {
        skipScaling(in, list < 6 ? 16 : 64);
      }
    }
  }

  private static void skipScaling(BitReader in, int size) {
    int last = 8;
    int next = 8;
    for (int i = 0; i < size && next != 0; i++) {
      next = (last + in.signed() + 256) & 0xFF;
      last = next == 0 ? last : next;
    }
  }

  /** The unit without the bytes that keep it from looking like a start code, 7.4.1. */
  private static byte[] unescaped(byte[] bytes, int from, int length) {
    byte[] plain = new byte[length];
    int count = 0;
    int zeros = 0;
    for (int i = from; i < from + length; i++) {
      if (zeros >= 2 && bytes[i] == 3) {
        zeros = 0;
        continue;
      }
      zeros = bytes[i] == 0 ? zeros + 1 : 0;
      plain[count++] = bytes[i];
    }
    return Arrays.copyOf(plain, count);
  }
}
