package framewise.webrtc.payload;

import java.util.Optional;

/** VP8 (RFC 7741). */
final class Vp8Assembler extends PictureAssembler {
  private static final int KEY_HEADER = 10;

  private final PictureBuffer picture = new PictureBuffer();

  @Override
  boolean begins(byte[] payload) {
    return (payload[0] & 0x10) != 0 && (payload[0] & 0x07) == 0;
  }

  @Override
  boolean append(byte[] payload, boolean first) {
    int start = descriptorLength(payload);
    if (start <= 0 || start >= payload.length || (first && !begins(payload))) {
      return false;
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
    boolean key = (bytes[0] & 1) == 0;
    if (!key) {
      return Optional.of(new WholePicture(bytes, false, Optional.empty()));
    }
    // RFC 6386, section 9.1: start code, then 14 bits of each side under two of scale.
    boolean sound =
        bytes.length >= KEY_HEADER
            && (bytes[3] & 0xFF) == 0x9D
            && bytes[4] == 0x01
            && bytes[5] == 0x2A;
    if (!sound) {
      return Optional.empty();
    }
    return Optional.of(
        new WholePicture(
            bytes, true, Optional.of(new PictureSize(side(bytes, 6), side(bytes, 8)))));
  }

  @Override
  void clear() {
    picture.reset();
  }

  private static int side(byte[] bytes, int at) {
    return ((bytes[at] & 0xFF) | ((bytes[at + 1] & 0xFF) << 8)) & 0x3FFF;
  }

  /** Length of the payload descriptor, section 4.2; 0 when it is cut off. */
  private static int descriptorLength(byte[] payload) {
    int length = 1;
    if ((payload[0] & 0x80) != 0) {
      if (payload.length < 2) {
        return 0;
      }
      int fields = payload[1];
      length = 2;
      if ((fields & 0x80) != 0) {
        boolean wide = payload.length > length && (payload[length] & 0x80) != 0;
        length += wide ? 2 : 1;
      }
      length += (fields & 0x40) != 0 ? 1 : 0;
      length += (fields & 0x30) != 0 ? 1 : 0;
    }
    return length;
  }
}
