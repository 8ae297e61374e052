package framewise.webrtc.payload;

import java.util.Optional;

/**
 * AV1 (RTP payload format for AV1, version 1.0). The decoder reads the size of its pictures itself
 * before it decodes them.
 */
final class Av1Assembler extends PictureAssembler {
  private static final int SEQUENCE_HEADER = 1;
  private static final int TEMPORAL_DELIMITER = 2;
  private static final int TILE_LIST = 8;

  private final PictureBuffer picture = new PictureBuffer();

  /** The unit that continues in the next packet. */
  private final PictureBuffer unit = new PictureBuffer();

  private boolean key;

  @Override
  boolean begins(byte[] payload) {
    // A new coded sequence that continues nothing.
    return (payload[0] & 0x88) == 0x08;
  }

  @Override
  boolean append(byte[] payload, boolean first) {
    boolean continues = (payload[0] & 0x80) != 0;
    boolean continued = (payload[0] & 0x40) != 0;
    int count = (payload[0] >> 4) & 3;
    if (continues != unit.size() > 0) {
      return false;
    }
    int at = 1;
    for (int i = 1; at < payload.length; i++) {
      int length = payload.length - at;
      if (count == 0 || i < count) {
        int size = 0;
        int shift = 0;
        boolean more = true;
        for (; more && shift < 28 && at < payload.length; shift += 7, at++) {
          size |= (payload[at] & 0x7F) << shift;
          more = (payload[at] & 0x80) != 0;
        }
        length = size;
        if (more || length <= 0 || length > payload.length - at) {
          return false;
        }
      }
      unit.write(payload, at, length);
      at += length;
      if ((at < payload.length || !continued) && !finishUnit()) {
        return false;
      }
    }
    return true;
  }

  @Override
  int size() {
    return picture.size() + unit.size();
  }

  @Override
  public long memoryBytes() {
    return (long) picture.capacity() + unit.capacity();
  }

  @Override
  Optional<WholePicture> take() {
    boolean whole = unit.size() == 0 && picture.size() > 0;
    Optional<WholePicture> taken =
        whole
            ? Optional.of(new WholePicture(picture.toByteArray(), key, Optional.empty()))
            : Optional.empty();
    clear();
    return taken;
  }

  @Override
  void clear() {
    picture.reset();
    unit.reset();
    key = false;
  }

  /** Adds a whole unit with its size, which RTP leaves out; false when it is malformed. */
  private boolean finishUnit() {
    byte[] bytes = unit.toByteArray();
    unit.reset();
    boolean extended = (bytes[0] & 0x04) != 0;
    boolean sized = (bytes[0] & 0x02) != 0;
    int header = extended ? 2 : 1;
    if (bytes.length < header || (bytes[0] & 0x80) != 0) {
      return false;
    }
    int type = (bytes[0] >> 3) & 0x0F;
    if (type == TEMPORAL_DELIMITER || type == TILE_LIST) {
      return true;
    }
    key |= type == SEQUENCE_HEADER;
    if (sized) {
      picture.writeBytes(bytes);
      return true;
    }
    picture.write(bytes[0] | 0x02);
    picture.write(bytes, 1, header - 1);
    int size = bytes.length - header;
    while (size >= 0x80) {
      picture.write((size & 0x7F) | 0x80);
      size >>>= 7;
    }
    picture.write(size);
    picture.write(bytes, header, bytes.length - header);
    return true;
  }
}
