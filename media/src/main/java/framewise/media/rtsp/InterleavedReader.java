package framewise.media.rtsp;

import framewise.media.network.MessageHead;
import framewise.media.network.UrlFault;
import framewise.media.network.UrlFault.Kind;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Splits a camera's connection into stream packets and messages (RFC 2326, section 10.12). Some
 * cameras also send bytes that are neither, or packets shorter or longer than declared: stray bytes
 * are skipped up to the next packet or message, and a length is trusted if something starts where
 * it ends. Used by one thread at a time.
 */
final class InterleavedReader {
  private static final int MAX_BODY_BYTES = 256 << 10;
  private static final int MAX_HEAD_LENGTH = 32 << 10;

  /** After this many stray bytes in a row, the stream is not a camera's. */
  private static final int MAX_STRAY_BYTES = 1 << 20;

  private static final int DOLLAR = '$';

  /** A dollar sign, the channel, two bytes of length. */
  private static final int HEADER = 4;

  /** The fixed part of an RTP packet; an RTCP packet has at least 8 bytes. */
  private static final int RTP_HEADER = 12;

  private static final int RTCP_HEADER = 8;
  private static final int RTP_VERSION = 2;

  /** Offset of the sender (SSRC) in an RTP packet and in a report. */
  private static final int SOURCE = 8;

  private static final int REPORTER = 4;

  /** Payload types that would be RTCP packet types, RFC 5761, section 4. */
  private static final int FIRST_RTCP = 192;

  private static final int LAST_RTCP = 223;

  /** Beginnings of messages; the shortest has five letters. */
  private static final List<String> BEGINNINGS =
      List.of(
          "RTSP/",
          "OPTIONS ",
          "ANNOUNCE ",
          "GET_PARAMETER ",
          "SET_PARAMETER ",
          "REDIRECT ",
          "TEARDOWN ",
          "DESCRIBE ",
          "SETUP ",
          "PLAY ",
          "PAUSE ",
          "RECORD ");

  private static final int MIN_BEGINNING_LENGTH = 5;

  /** A packet or a message. */
  sealed interface Piece {}

  /** An RTP or RTCP packet of the video. */
  static final class Packet implements Piece {
    private final byte[] bytes;

    private Packet(byte[] bytes) {
      this.bytes = bytes;
    }

    /** The bytes themselves, not a copy. */
    byte[] bytes() {
      return bytes;
    }
  }

  /** A reply or a request with its body. */
  record Message(MessageHead head, String body) implements Piece {}

  private final InputStream in;
  private final byte[] buffer = new byte[256 << 10];

  /** Start of the unread bytes. */
  private int start;

  private int end;

  /** Start of the packet that lies before {@link #start}; equal to it when there is none. */
  private int before;

  private int channel;
  private boolean sourceKnown;
  private int source;
  private int stray;

  InterleavedReader(InputStream in) {
    this.in = in;
  }

  /**
   * Sets the video's channel; its reports use the next one.
   *
   * @param channel 0 to 255
   */
  void channel(int channel) {
    this.channel = channel;
  }

  /**
   * The next packet or message.
   *
   * @throws EOFException when the camera hangs up
   * @throws UrlFault when the data is not a stream
   */
  Piece next() throws IOException {
    boolean expected = true;
    while (true) {
      require(1);
      Optional<? extends Piece> found = Optional.empty();
      if (isPacket(expected)) {
        expected = true;
        found = packet();
      } else if (isMessage()) {
        expected = true;
        found = message();
      } else if (!wasShorter(start)) {
        expected = false;
        pass(1);
      }
      if (found.isPresent()) {
        stray = 0;
        return found.get();
      }
    }
  }

  /**
   * Whether a packet begins here.
   *
   * @param expected whether the previous piece ended where it said
   */
  private boolean isPacket(boolean expected) throws IOException {
    if (buffer[start] != DOLLAR) {
      return false;
    }
    require(HEADER + RTCP_HEADER);
    if (!looksLikePacket(start)) {
      return false;
    }
    if (expected || !sourceKnown) {
      return true;
    }
    require(HEADER + RTP_HEADER);
    return isOfSource(start) || isFollowed();
  }

  /** Whether this packet is followed by a packet of the same sender, perhaps a new one. */
  private boolean isFollowed() throws IOException {
    int after = HEADER + length(start);
    require(after + HEADER + RTP_HEADER);
    return isVideo(start)
        && buffer[start + after] == DOLLAR
        && isVideo(start + after)
        && looksLikePacket(start + after)
        && sender(start) == sender(start + after);
  }

  private Optional<Packet> packet() throws IOException {
    require(HEADER + length(start));
    int after = start + HEADER + length(start);
    if (after < end && !mayBegin(after) && wasShorter(start, after)) {
      return Optional.empty();
    }
    if (isVideo(start)) {
      sourceKnown = true;
      source = sender(start);
    }
    boolean wanted = on(start) == channel || on(start) == channel + 1;
    byte[] bytes = Arrays.copyOfRange(buffer, start + HEADER, after);
    before = start;
    start = after;
    return wanted ? Optional.of(new Packet(bytes)) : Optional.empty();
  }

  /**
   * Whether the previous packet was shorter than declared; then it contains the start of the next.
   */
  private boolean wasShorter(int after) {
    return before < after && wasShorter(before, after);
  }

  private boolean wasShorter(int from, int after) {
    for (int i = from + 1; i < after && i + HEADER + RTP_HEADER <= end; i++) {
      if (buffer[i] == DOLLAR && looksLikePacket(i) && isOfSource(i)) {
        start = i;
        before = i;
        return true;
      }
    }
    return false;
  }

  private boolean looksLikePacket(int at) {
    boolean second = (buffer[at + HEADER] & 0xff) >> 6 == RTP_VERSION;
    return second && length(at) >= (isReport(at) ? RTCP_HEADER : RTP_HEADER);
  }

  private boolean isVideo(int at) {
    return on(at) == channel && !isReport(at);
  }

  private boolean isReport(int at) {
    int type = buffer[at + HEADER + 1] & 0xff;
    return type >= FIRST_RTCP && type <= LAST_RTCP;
  }

  private int sender(int at) {
    return number(at + HEADER + (isReport(at) ? REPORTER : SOURCE));
  }

  /** Whether it has the sender of the packets so far. */
  private boolean isOfSource(int at) {
    return sourceKnown && (on(at) == channel || on(at) == channel + 1) && sender(at) == source;
  }

  /** Whether a packet or message may start here, judged by one byte. */
  private boolean mayBegin(int at) {
    return buffer[at] == DOLLAR
        || BEGINNINGS.stream().anyMatch(beginning -> beginning.charAt(0) == buffer[at]);
  }

  private boolean isMessage() throws IOException {
    if (!mayBegin(start)) {
      return false;
    }
    for (String beginning : BEGINNINGS) {
      require(MIN_BEGINNING_LENGTH);
      if (begins(beginning.substring(0, MIN_BEGINNING_LENGTH))) {
        require(beginning.length());
        if (begins(beginning)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean begins(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (buffer[start + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private Optional<Message> message() throws IOException {
    before = start;
    int length = 0;
    int line = 0;
    while (true) {
      require(length + 1);
      byte next = buffer[start + length];
      length++;
      boolean text = next < 0 || next >= ' ' || next == '\t' || next == '\r' || next == '\n';
      if (!text || length == MAX_HEAD_LENGTH) {
        pass(MIN_BEGINNING_LENGTH); // the input ends here
        return Optional.empty();
      }
      if (next == '\n' && line == 0) {
        break;
      }
      line = next == '\n' ? 0 : next == '\r' ? line : line + 1;
    }
    MessageHead head = MessageHead.read(new ByteArrayInputStream(buffer, start, length));
    start += length;
    before = start;
    return Optional.of(new Message(head, body(head.number("content-length").orElse(0L))));
  }

  private String body(long length) throws IOException {
    if (length > MAX_BODY_BYTES) {
      throw new UrlFault(Kind.LOST, "The camera's response is too long.");
    }
    if (length > 0) {
      require(1);
      if (isPacket(true)) {
        return ""; // it declares one, and there is none
      }
    }
    byte[] body = new byte[(int) length];
    for (int got = 0; got < body.length; ) {
      require(1);
      int some = Math.min(end - start, body.length - got);
      System.arraycopy(buffer, start, body, got, some);
      start += some;
      before = start;
      got += some;
    }
    return new String(body, StandardCharsets.UTF_8);
  }

  private void pass(int bytes) throws UrlFault {
    start += bytes;
    before = start;
    stray += bytes;
    if (stray > MAX_STRAY_BYTES) {
      throw new UrlFault(Kind.LOST, "The camera's response is invalid.");
    }
  }

  /** Waits for this many bytes from {@link #start} on, which may move. */
  private void require(int bytes) throws IOException {
    while (end - start < bytes) {
      if (start + bytes > buffer.length || end == buffer.length) {
        System.arraycopy(buffer, before, buffer, 0, end - before);
        end -= before;
        start -= before;
        before = 0;
      }
      int got = in.read(buffer, end, buffer.length - end);
      if (got < 0) {
        throw new EOFException();
      }
      end += got;
    }
  }

  private int on(int at) {
    return buffer[at + 1] & 0xff;
  }

  private int length(int at) {
    return ((buffer[at + 2] & 0xff) << 8) | (buffer[at + 3] & 0xff);
  }

  private int number(int at) {
    return ((buffer[at] & 0xff) << 24)
        | ((buffer[at + 1] & 0xff) << 16)
        | ((buffer[at + 2] & 0xff) << 8)
        | (buffer[at + 3] & 0xff);
  }
}
