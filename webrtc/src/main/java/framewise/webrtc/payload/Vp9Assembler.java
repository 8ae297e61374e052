package framewise.webrtc.payload;

import framewise.media.decode.BitReader;
import java.util.Optional;

/** VP9 (RFC 9628), one spatial layer. */
final class Vp9Assembler extends PictureAssembler {
  private static final int SYNC = 0x49_8342;
  private static final int RGB = 7;

  private final PictureBuffer picture = new PictureBuffer();
  private boolean key;

  @Override
  boolean begins(byte[] payload) {
    return (payload[0] & 0x08) != 0;
  }

  @Override
  boolean append(byte[] payload, boolean first) {
    int start = descriptorLength(payload);
    if (start <= 0 || start >= payload.length || (first && !begins(payload))) {
      return false;
    }
    if (first) {
      key = (payload[0] & 0x40) == 0;
    }
    picture.write(payload, start, payload.length - start);
    return true;
  }

  @Override
  int size() {
    return picture.size();
  }

  @Override
  public long memoryBytes() {
    return picture.capacity();
  }

  @Override
  Optional<WholePicture> take() {
    byte[] bytes = picture.toByteArray();
    picture.reset();
    Optional<PictureSize> size = keySize(bytes);
    return Optional.of(new WholePicture(bytes, key && size.isPresent(), size));
  }

  @Override
  void clear() {
    picture.reset();
  }

  /** The size in a key frame's uncompressed header (VP9 bitstream specification, 6.2). */
  private static Optional<PictureSize> keySize(byte[] bytes) {
    BitReader in = new BitReader(bytes, 0, bytes.length);
    int marker = in.bits(2);
    int profile = in.bits(1) | (in.bits(1) << 1);
    boolean reserved = profile == 3 && in.bit();
    boolean shownBefore = in.bit();
    boolean inter = in.bit();
    int _ = in.bits(2);
    if (marker != 2 || reserved || shownBefore || inter || in.bits(24) != SYNC) {
      return Optional.empty();
    }
    int _ = profile >= 2 ? in.bits(1) : 0;
    boolean odd = profile % 2 == 1;
    int space = in.bits(3);
    int _ = space == RGB ? in.bits(odd ? 1 : 0) : in.bits(odd ? 4 : 1);
    PictureSize size = new PictureSize(in.bits(16) + 1, in.bits(16) + 1);
    return in.isOver() ? Optional.empty() : Optional.of(size);
  }

  /** Length of the payload descriptor, section 4.2; 0 when it is cut off. */
  private static int descriptorLength(byte[] payload) {
    int flags = payload[0];
    int at = 1;
    if ((flags & 0x80) != 0) {
      boolean wide = at < payload.length && (payload[at] & 0x80) != 0;
      at += wide ? 2 : 1;
    }
    boolean flexible = (flags & 0x10) != 0;
    if ((flags & 0x20) != 0) {
      at += flexible ? 1 : 2;
    }
    if (flexible && (flags & 0x40) != 0) {
      boolean more = true;
      for (int i = 0; i < 3 && more; i++, at++) {
        more = at < payload.length && (payload[at] & 1) != 0;
      }
    }
    return (flags & 0x02) != 0 ? structureEnd(payload, at) : at;
  }

  /** Where the scalability structure ends, section 4.2.1; 0 when it is cut off. */
  private static int structureEnd(byte[] payload, int from) {
    if (from >= payload.length) {
      return 0;
    }
    int flags = payload[from];
    int at = from + 1;
    if ((flags & 0x10) != 0) {
      at += 4 * (((flags >> 5) & 7) + 1);
    }
    if ((flags & 0x08) != 0) {
      int groups = at < payload.length ? payload[at] & 0xFF : 0;
      at++;
      for (int i = 0; i < groups && at < payload.length; i++) {
        at += 1 + ((payload[at] >> 2) & 3);
      }
    }
    return at;
  }
}
