package framewise.webrtc.payload;

import java.util.Optional;

/** H.264 (RFC 6184): single units, aggregates (STAP-A) and fragments (FU-A). */
final class H264Assembler extends PictureAssembler {
  private static final int SLICE = 1;
  private static final int KEY_SLICE = 5;
  private static final int MESSAGE = 6;
  private static final int SEQUENCE = 7;
  private static final int PICTURE = 8;
  private static final int DELIMITER = 9;
  private static final int AGGREGATE = 24;
  private static final int FRAGMENT = 28;

  private static final byte[] START = {0, 0, 0, 1};

  /** The current picture, after parameter sets that came alone. */
  private final PictureBuffer picture = new PictureBuffer();

  /** The unit whose fragments arrive. */
  private final PictureBuffer unit = new PictureBuffer();

  private Optional<PictureSize> declared = Optional.empty();
  private boolean hasSlice;
  private boolean key;

  @Override
  boolean begins(byte[] payload) {
    int type = payload[0] & 0x1F;
    return type == SEQUENCE
        || type == DELIMITER
        || (type == AGGREGATE && payload.length > 3 && (payload[3] & 0x1F) == SEQUENCE);
  }

  @Override
  boolean append(byte[] payload, boolean first) {
    int type = payload[0] & 0x1F;
    boolean fragment = type == FRAGMENT;
    if (!fragment && unit.size() > 0) {
      return false;
    }
    if (fragment) {
      return fragment(payload);
    }
    return type == AGGREGATE ? aggregate(payload) : unit(payload, 0, payload.length);
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
    if (unit.size() > 0) {
      clear();
      return Optional.empty();
    }
    if (!hasSlice) {
      // Some senders give parameter sets a time stamp or marker of their own: they belong to the
      // next picture.
      return Optional.empty();
    }
    WholePicture complete = new WholePicture(picture.toByteArray(), key, declared);
    clear();
    return Optional.of(complete);
  }

  @Override
  void clear() {
    picture.reset();
    unit.reset();
    declared = Optional.empty();
    hasSlice = false;
    key = false;
  }

  private boolean aggregate(byte[] payload) {
    int at = 1;
    while (at < payload.length) {
      if (at + 2 > payload.length) {
        return false;
      }
      int length = ((payload[at] & 0xFF) << 8) | (payload[at + 1] & 0xFF);
      at += 2;
      if (length == 0 || at + length > payload.length || !unit(payload, at, length)) {
        return false;
      }
      at += length;
    }
    return true;
  }

  private boolean fragment(byte[] payload) {
    if (payload.length < 3) {
      return false;
    }
    boolean begins = (payload[1] & 0x80) != 0;
    boolean ends = (payload[1] & 0x40) != 0;
    if (begins == unit.size() > 0) {
      return false;
    }
    if (begins) {
      unit.write((payload[0] & 0xE0) | (payload[1] & 0x1F));
    }
    unit.write(payload, 2, payload.length - 2);
    if (!ends) {
      return true;
    }
    byte[] whole = unit.toByteArray();
    unit.reset();
    return unit(whole, 0, whole.length);
  }

  /**
   * Adds a whole unit; false when it is malformed. Kinds that no plain decoder needs are left out.
   */
  private boolean unit(byte[] bytes, int from, int length) {
    int type = bytes[from] & 0x1F;
    switch (type) {
      case SLICE -> hasSlice = true;
      case KEY_SLICE -> {
        hasSlice = true;
        key = true;
      }
      case SEQUENCE -> {
        declared = H264Size.of(bytes, from, length);
        if (declared.isEmpty()) {
          return false;
        }
        // Video with gradual refresh has no other start.
        key = true;
      }
      case MESSAGE, PICTURE, DELIMITER -> {}
      default -> {
        return type != 0 && type <= 23;
      }
    }
    picture.writeBytes(START);
    picture.write(bytes, from, length);
    return true;
  }
}
