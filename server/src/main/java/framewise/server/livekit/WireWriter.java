package framewise.server.livekit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes the fields of one protobuf message. Zero, false and empty text are left out, as protobuf
 * does. Used by one thread.
 */
final class WireWriter {
  private static final int VARINT = 0;
  private static final int DELIMITED = 2;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  WireWriter number(int field, long value) {
    return value == 0 ? this : always(field, value);
  }

  /** Writes a number even if it is zero: in a oneof, the presence of a field selects it. */
  WireWriter always(int field, long value) {
    key(field, VARINT);
    varint(value);
    return this;
  }

  WireWriter flag(int field, boolean value) {
    return number(field, value ? 1 : 0);
  }

  WireWriter text(int field, String value) {
    return value.isEmpty() ? this : delimited(field, value.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes a message, even an empty one. */
  WireWriter message(int field, WireWriter value) {
    return delimited(field, value.bytes());
  }

  byte[] bytes() {
    return out.toByteArray();
  }

  WireWriter delimited(int field, byte[] value) {
    key(field, DELIMITED);
    varint(value.length);
    out.writeBytes(value);
    return this;
  }

  private void key(int field, int type) {
    varint(((long) field << 3) | type);
  }

  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
