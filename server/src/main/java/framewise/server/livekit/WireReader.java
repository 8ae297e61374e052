package framewise.server.livekit;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the fields of one protobuf message: {@link #next}, then the value, if it is of interest.
 * Fields that are not read are skipped. Used by one thread.
 */
final class WireReader {
  private static final int VARINT = 0;
  private static final int FIXED_64 = 1;
  private static final int DELIMITED = 2;
  private static final int FIXED_32 = 5;

  /** Bits of a field's key that hold its type. */
  private static final int TYPE_BITS = 3;

  private static final int MAX_VARINT_LENGTH = 10;
  private static final int MAX_FIELD = (1 << 29) - 1;

  private final byte[] bytes;
  private final int end;
  private int position;
  private int field;
  private int type;
  private long number;
  private int from;
  private int to;

  WireReader(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  private WireReader(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.position = from;
    this.end = end;
  }

  /**
   * Moves to the next field.
   *
   * @return false at the end of the message
   */
  boolean next() throws MalformedSignalException {
    if (position == end) {
      return false;
    }
    long key = varint();
    long wanted = key >>> TYPE_BITS;
    if (wanted < 1 || wanted > MAX_FIELD) {
      throw malformed("a field has the number %d".formatted(wanted));
    }
    field = (int) wanted;
    type = (int) (key & ((1 << TYPE_BITS) - 1));
    switch (type) {
      case VARINT -> number = varint();
      case FIXED_64 -> skip(Long.BYTES);
      case DELIMITED -> skip(varint());
      case FIXED_32 -> skip(Integer.BYTES);
      default -> throw malformed("a field has the unknown type %d".formatted(type));
    }
    return true;
  }

  /** Number of the current field. */
  int field() {
    return field;
  }

  /** Value of the current field, which is a number, a flag or an enum. */
  long number() throws MalformedSignalException {
    require(VARINT);
    return number;
  }

  /** Value of the current field, which is a flag. */
  boolean flag() throws MalformedSignalException {
    return number() != 0;
  }

  /** Value of the current field, which is an unsigned 32-bit number. */
  long unsigned() throws MalformedSignalException {
    return number() & 0xFFFF_FFFFL;
  }

  /**
   * Value of the current field, which is text.
   *
   * @param most maximum length in bytes
   */
  String text(int most) throws MalformedSignalException {
    require(DELIMITED);
    if (to - from > most) {
      throw malformed(
          "field %d has %d bytes, of which %d are allowed".formatted(field, to - from, most));
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, from, to - from))
          .toString();
    } catch (CharacterCodingException e) {
      throw malformed("field %d is not UTF-8".formatted(field));
    }
  }

  /** Value of the current field, which is bytes. */
  byte[] bytes() throws MalformedSignalException {
    require(DELIMITED);
    return Arrays.copyOfRange(bytes, from, to);
  }

  /** Value of the current field, which is a message. */
  WireReader message() throws MalformedSignalException {
    require(DELIMITED);
    return new WireReader(bytes, from, to);
  }

  private void require(int wanted) throws MalformedSignalException {
    if (type != wanted) {
      throw malformed("field %d has the type %d".formatted(field, type));
    }
  }

  private void skip(long length) throws MalformedSignalException {
    if (length < 0 || length > end - position) {
      throw malformed("it ends in the middle of a field");
    }
    from = position;
    to = position + (int) length;
    position = to;
  }

  private long varint() throws MalformedSignalException {
    long value = 0;
    for (int i = 0; i < MAX_VARINT_LENGTH; i++) {
      if (position == end) {
        throw malformed("it ends in the middle of a number");
      }
      byte next = bytes[position++];
      value |= (long) (next & 0x7f) << (7 * i);
      if (next >= 0) {
        return value;
      }
    }
    throw malformed("a number has more than %d bytes".formatted(MAX_VARINT_LENGTH));
  }

  private static MalformedSignalException malformed(String why) {
    return new MalformedSignalException(
        "This is not a message of LiveKit's protocol: " + why + ".");
  }
}
