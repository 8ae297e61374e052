package framewise.webrtc.rtp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;

/** Writes and reads control packets (RFC 3550, section 6; RFC 4585, section 6). */
public final class Rtcp {
  private static final int SENDER_REPORT = 200;
  private static final int RECEIVER_REPORT = 201;
  private static final int DESCRIPTION = 202;
  private static final int TRANSPORT_FEEDBACK = 205;
  private static final int PAYLOAD_FEEDBACK = 206;
  private static final int NACK = 1;
  private static final int PICTURE_LOSS = 1;
  private static final int FULL_INTRA = 4;
  private static final int APPLICATION = 15;
  private static final int VERSION = 2 << 6;

  private Rtcp() {}

  /**
   * A receiver report about one source, with our name.
   *
   * @param fractionLost since the report before, 0 to 255 for 0 to 1
   * @param report middle 32 bits of the time in the sender's last report; 0 before the first
   * @param sinceReport units of 1/65,536 s since that report
   */
  public static byte[] receiverReport(
      int own, int media, ArrivalStats stats, int fractionLost, int report, int sinceReport) {
    int lost = Math.clamp(stats.lost(), -0x80_0000, 0x7F_FFFF);
    ByteBuffer out = start(RECEIVER_REPORT, 1, 32, own);
    out.putInt(media)
        .putInt((fractionLost << 24) | (lost & 0xFF_FFFF))
        .putInt(stats.highest())
        .putInt((int) stats.jitter())
        .putInt(report)
        .putInt(sinceReport);
    return joined(bytes(out), description(own));
  }

  /** An empty receiver report with our name, which other packets may follow. */
  public static byte[] emptyReport(int own) {
    return joined(bytes(start(RECEIVER_REPORT, 0, 8, own)), description(own));
  }

  /** Requests packets again. */
  public static byte[] nack(int own, int media, List<Integer> sequences) {
    ByteArrayOutputStream items = new ByteArrayOutputStream();
    TreeSet<Integer> left = new TreeSet<>(sequences);
    while (!left.isEmpty()) {
      int first = left.removeFirst();
      int following = 0;
      for (int i = 0; i < 16; i++) {
        following |= left.remove((first + 1 + i) & 0xFFFF) ? 1 << i : 0;
      }
      items.writeBytes(ByteBuffer.allocate(4).putInt((first << 16) | following).array());
    }
    ByteBuffer out = start(TRANSPORT_FEEDBACK, NACK, 12 + items.size(), own);
    return bytes(out.putInt(media).put(items.toByteArray()));
  }

  /** Requests a key frame. */
  public static byte[] pictureLoss(int own, int media) {
    return bytes(start(PAYLOAD_FEEDBACK, PICTURE_LOSS, 12, own).putInt(media));
  }

  /**
   * Requests a key frame of a sender that only supports the older message (RFC 5104, section
   * 4.3.1).
   *
   * @param number sequence number, a new one for each request
   */
  public static byte[] fullIntra(int own, int media, int number) {
    return bytes(
        start(PAYLOAD_FEEDBACK, FULL_INTRA, 20, own).putInt(0).putInt(media).putInt(number << 24));
  }

  /**
   * The bit rate that the sender may use at most (draft-alvestrand-rmcat-remb-03).
   *
   * @param rate bits per second
   */
  public static byte[] maxBitRate(int own, int media, long rate) {
    int exponent = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(rate) - 18);
    return bytes(
        start(PAYLOAD_FEEDBACK, APPLICATION, 24, own)
            .putInt(0)
            .put(new byte[] {'R', 'E', 'M', 'B'})
            .putInt((1 << 24) | (exponent << 18) | (int) (rate >>> exponent))
            .putInt(media));
  }

  /**
   * The middle 32 bits of the time in a sender report of this source; empty when the packets hold
   * none, or are malformed.
   */
  public static OptionalLong reportTime(byte[] packets, int media) {
    ByteBuffer in = ByteBuffer.wrap(packets);
    while (in.remaining() >= 4) {
      int start = in.position();
      int length = 4 * ((in.getShort(start + 2) & 0xFFFF) + 1);
      if ((in.get(start) & 0xC0) != VERSION || length > in.remaining()) {
        return OptionalLong.empty();
      }
      boolean report = (in.get(start + 1) & 0xFF) == SENDER_REPORT && length >= 28;
      if (report && in.getInt(start + 4) == media) {
        return OptionalLong.of((in.getLong(start + 8) >>> 16) & 0xFFFF_FFFFL);
      }
      in.position(start + length);
    }
    return OptionalLong.empty();
  }

  /** Concatenates packets, to be protected as one. */
  public static byte[] joined(byte[] first, byte[] second) {
    return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
  }

  /**
   * A packet with its header and source.
   *
   * @param format the five bits beside the version
   * @param length in bytes, a multiple of four
   */
  static ByteBuffer start(int type, int format, int length, int own) {
    return ByteBuffer.allocate(length)
        .put((byte) (VERSION | format))
        .put((byte) type)
        .putShort((short) (length / 4 - 1))
        .putInt(own);
  }

  /** A packet that {@link #start} began. */
  static byte[] bytes(ByteBuffer packet) {
    byte[] bytes = new byte[packet.capacity()];
    packet.clear().get(bytes);
    return bytes;
  }

  private static byte[] description(int own) {
    // One item, CNAME with the text "r", and the end of the list.
    return bytes(start(DESCRIPTION, 1, 12, own).put(new byte[] {1, 1, 'r', 0}));
  }
}
