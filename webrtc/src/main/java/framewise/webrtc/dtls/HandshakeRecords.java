package framewise.webrtc.dtls;

/**
 * Checks handshake messages before the library reads them: it allocates as many bytes as the first
 * fragment of a message announces, up to 16 MB, and for 16 messages ahead. RFC 6347, section 4.
 */
final class HandshakeRecords {
  /** Bytes of a message. The largest is the peer's certificate, of about a kilobyte. */
  static final int MAX_MESSAGE = 16_384;

  private static final int HANDSHAKE = 22;
  private static final int RECORD_HEADER = 13;
  private static final int EPOCH_AT = 3;
  private static final int RECORD_LENGTH_AT = 11;
  private static final int FRAGMENT_HEADER = 12;
  private static final int MESSAGE_LENGTH_AT = 1;
  private static final int FRAGMENT_LENGTH_AT = 9;

  private HandshakeRecords() {}

  /** Whether the unencrypted records of a datagram announce no larger message. */
  static boolean areBounded(byte[] datagram) {
    int at = 0;
    while (datagram.length - at >= RECORD_HEADER) {
      int length = number(datagram, at + RECORD_LENGTH_AT, 2);
      int start = at + RECORD_HEADER;
      boolean plain = number(datagram, at + EPOCH_AT, 2) == 0;
      int present = Math.min(length, datagram.length - start);
      if (plain && isHandshake(datagram[at]) && !areBounded(datagram, start, present)) {
        return false;
      }
      at = start + length;
    }
    return true;
  }

  /**
   * Whether a record's content announces no larger message.
   *
   * @param content fragments of messages, one after another
   */
  static boolean areBounded(byte[] content, int offset, int length) {
    int at = offset;
    int end = offset + length;
    while (end - at >= FRAGMENT_HEADER) {
      if (number(content, at + MESSAGE_LENGTH_AT, 3) > MAX_MESSAGE) {
        return false;
      }
      at += FRAGMENT_HEADER + number(content, at + FRAGMENT_LENGTH_AT, 3);
    }
    return true;
  }

  /** Whether a record of this type has messages of a handshake. */
  static boolean isHandshake(int type) {
    return type == HANDSHAKE;
  }

  private static int number(byte[] bytes, int at, int count) {
    int number = 0;
    for (int i = 0; i < count; i++) {
      number = (number << 8) | (bytes[at + i] & 0xff);
    }
    return number;
  }
}
