package framewise.webrtc.rtp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An unencrypted RTP packet (RFC 3550, section 5.1). Immutable.
 *
 * @param marker in video, whether it is the last packet of its picture
 * @param type payload type, 0 to 127
 * @param sequence sequence number, 0 to 65535
 * @param timestamp of its picture, in units of 1/90,000 s modulo 2^32
 * @param ssrc its source
 * @param extensions the header's extensions, as sent
 * @param oneByte whether the extensions have the form with ids of four bits (RFC 8285, 4.2)
 * @param payload without padding; may be empty
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and not changed once made
public record RtpPacket(
    boolean marker,
    int type,
    int sequence,
    int timestamp,
    int ssrc,
    byte[] extensions,
    boolean oneByte,
    byte[] payload) {
  private static final int HEADER = 12;
  private static final int VERSION = 2;
  private static final int ONE_BYTE = 0xBEDE;
  private static final int TWO_BYTES = 0x1000;
  private static final byte[] NOTHING = {};

  private record Span(int start, int length) {
    static final Span NONE = new Span(-1, 0);
  }

  /** Length of a packet's header with its sources and extensions; 0 when it is malformed. */
  public static int headerLength(byte[] packet) {
    if (packet.length < HEADER || (packet[0] & 0xFF) >>> 6 != VERSION) {
      return 0;
    }
    int length = HEADER + 4 * (packet[0] & 0x0F);
    if ((packet[0] & 0x10) != 0) {
      if (packet.length < length + 4) {
        return 0;
      }
      length += 4 + 4 * (ByteBuffer.wrap(packet).getShort(length + 2) & 0xFFFF);
    }
    return length <= packet.length ? length : 0;
  }

  /** Parses an unencrypted packet; empty when it is malformed. */
  public static Optional<RtpPacket> parse(byte[] packet) {
    int header = headerLength(packet);
    if (header == 0) {
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(packet);
    boolean padded = (packet[0] & 0x20) != 0 && packet.length > header;
    int padding = padded ? packet[packet.length - 1] & 0xFF : 0;
    int end = packet.length - padding;
    if (end < header || (padded && padding == 0)) {
      return Optional.empty();
    }
    byte[] extensions = NOTHING;
    int profile = 0;
    if ((packet[0] & 0x10) != 0) {
      int start = HEADER + 4 * (packet[0] & 0x0F);
      profile = in.getShort(start) & 0xFFFF;
      boolean known = profile == ONE_BYTE || (profile & 0xFFF0) == TWO_BYTES;
      extensions = known ? Arrays.copyOfRange(packet, start + 4, header) : NOTHING;
    }
    return Optional.of(
        new RtpPacket(
            (packet[1] & 0x80) != 0,
            packet[1] & 0x7F,
            in.getShort(2) & 0xFFFF,
            in.getInt(4),
            in.getInt(8),
            extensions,
            profile == ONE_BYTE,
            Arrays.copyOfRange(packet, header, end)));
  }

  /**
   * The value of a header extension of at most four bytes, as an unsigned number.
   *
   * @param id 1 or more; 0 for one that was not agreed on
   * @return empty where the packet has none, or one of another length
   */
  public OptionalInt extension(int id, int length) {
    Span found = extension(id);
    return found.start() < 0 || found.length() != length
        ? OptionalInt.empty()
        : OptionalInt.of(number(found.start(), length));
  }

  /**
   * The value of a header extension as text.
   *
   * @param id 1 or more; 0 for one that was not agreed on
   * @return empty where the packet has none
   */
  public Optional<String> text(int id) {
    Span found = extension(id);
    return found.start() < 0
        ? Optional.empty()
        : Optional.of(
            new String(extensions, found.start(), found.length(), StandardCharsets.ISO_8859_1));
  }

  /**
   * The packet that a packet of retransmission carries (RFC 4588, section 4).
   *
   * @param media payload type of the original
   * @param source source of the original
   * @return empty when it carries none, as when it only probes the bandwidth
   */
  public Optional<RtpPacket> original(int media, int source) {
    if (payload.length <= 2) {
      return Optional.empty();
    }
    return Optional.of(
        new RtpPacket(
            marker,
            media,
            ByteBuffer.wrap(payload).getShort(0) & 0xFFFF,
            timestamp,
            source,
            extensions,
            oneByte,
            Arrays.copyOfRange(payload, 2, payload.length)));
  }

  /** Where an extension's value is; {@link Span#NONE} where the packet has none. */
  private Span extension(int id) {
    int prefix = oneByte ? 1 : 2;
    int at = 0;
    while (id > 0 && at + prefix <= extensions.length) {
      int first = extensions[at] & 0xFF;
      int found = oneByte ? first >>> 4 : first;
      if (found == 0) {
        at++;
        continue;
      }
      if (oneByte && found == 15) {
        return Span.NONE;
      }
      int size = oneByte ? (first & 0x0F) + 1 : extensions[at + 1] & 0xFF;
      at += prefix;
      if (at + size > extensions.length) {
        return Span.NONE;
      }
      if (found == id) {
        return new Span(at, size);
      }
      at += size;
    }
    return Span.NONE;
  }

  private int number(int at, int size) {
    int value = 0;
    for (int i = 0; i < size; i++) {
      value = (value << 8) | (extensions[at + i] & 0xFF);
    }
    return value;
  }
}
