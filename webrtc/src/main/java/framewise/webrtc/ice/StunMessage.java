package framewise.webrtc.ice;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A STUN message (RFC 8489), as far as connectivity checks and TURN (RFC 8656) need it. Immutable.
 *
 * @param type class and method, such as {@link #BINDING_REQUEST}
 * @param transaction 12 bytes
 * @param attributes values of the attributes that a message integrity protects, by their type; of
 *     several the first
 * @param signed the bytes that the message integrity covers; empty where there is none
 * @param integrity the message integrity; empty where there is none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and not changed once made
public record StunMessage(
    int type,
    byte[] transaction,
    Map<Integer, byte[]> attributes,
    byte[] signed,
    byte[] integrity) {
  public static final int BINDING_REQUEST = 0x0001;
  public static final int BINDING_SUCCESS = 0x0101;
  public static final int BINDING_ERROR = 0x0111;

  public static final int USERNAME = 0x0006;
  public static final int ERROR_CODE = 0x0009;
  public static final int XOR_MAPPED_ADDRESS = 0x0020;
  public static final int PRIORITY = 0x0024;
  public static final int USE_CANDIDATE = 0x0025;
  public static final int ICE_CONTROLLED = 0x8029;
  public static final int ICE_CONTROLLING = 0x802A;

  static final int ALLOCATE = 0x0003;
  static final int REFRESH = 0x0004;
  static final int CREATE_PERMISSION = 0x0008;
  static final int SEND_INDICATION = 0x0016;
  static final int DATA_INDICATION = 0x0017;
  static final int LIFETIME = 0x000D;
  static final int XOR_PEER_ADDRESS = 0x0012;
  static final int DATA = 0x0013;
  static final int REALM = 0x0014;
  static final int NONCE = 0x0015;
  static final int XOR_RELAYED_ADDRESS = 0x0016;
  static final int REQUESTED_TRANSPORT = 0x0019;

  static final int MESSAGE_INTEGRITY = 0x0008;
  static final int FINGERPRINT = 0x8028;
  static final int COOKIE = 0x2112_A442;
  static final int HEADER = 20;
  static final int TRANSACTION_BYTES = 12;
  private static final int SHA1_BYTES = 20;

  /** Longest that is read, in bytes: a TURN server wraps a whole datagram of media. */
  private static final int MAX_BYTES = 2_048;

  /** The bits of a type that mark a response (RFC 8489, section 5). */
  private static final int RESPONSE = 0x0100;

  private static final int ERROR_RESPONSE = 0x0110;

  /** Limit on attributes; checks have seven or eight. */
  private static final int MAX_ATTRIBUTES = 32;

  /**
   * Parses a peer's datagram. Empty when it is no STUN message, is malformed, or has no valid
   * fingerprint at its end.
   */
  public static Optional<StunMessage> parse(ByteBuffer datagram) {
    return parse(datagram, /* needsFingerprint= */ true);
  }

  /** Parses a server's datagram, which needs no fingerprint. */
  static Optional<StunMessage> parseOfServer(ByteBuffer datagram) {
    return parse(datagram, /* needsFingerprint= */ false);
  }

  private static Optional<StunMessage> parse(ByteBuffer datagram, boolean needsFingerprint) {
    int length = datagram.remaining();
    if (length < HEADER || length > MAX_BYTES || length % 4 != 0) {
      return Optional.empty();
    }
    byte[] bytes = new byte[length];
    datagram.get(datagram.position(), bytes);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int type = in.getShort() & 0xFFFF;
    int declared = in.getShort() & 0xFFFF;
    if (type > 0x3FFF || declared != length - HEADER || in.getInt() != COOKIE) {
      return Optional.empty();
    }
    byte[] transaction = new byte[TRANSACTION_BYTES];
    in.get(transaction);
    Map<Integer, byte[]> attributes = new HashMap<>();
    byte[] signed = {};
    byte[] integrity = {};
    for (int count = 0; in.remaining() >= 4 && count < MAX_ATTRIBUTES; count++) {
      int start = in.position();
      int attribute = in.getShort() & 0xFFFF;
      int size = in.getShort() & 0xFFFF;
      int padded = (size + 3) & ~3;
      if (padded > in.remaining()) {
        return Optional.empty();
      }
      byte[] value = new byte[size];
      in.get(in.position(), value);
      in.position(in.position() + padded);
      if (attribute == FINGERPRINT) {
        boolean last = size == 4 && !in.hasRemaining();
        boolean sound =
            last && ByteBuffer.wrap(value).getInt() == StunWriter.fingerprint(bytes, start);
        return sound
            ? Optional.of(new StunMessage(type, transaction, attributes, signed, integrity))
            : Optional.empty();
      }
      if (integrity.length == 0 && attribute == MESSAGE_INTEGRITY && size == SHA1_BYTES) {
        integrity = value;
        signed = Arrays.copyOf(bytes, start);
        putLength(signed, start + 4 + SHA1_BYTES - HEADER);
      } else if (integrity.length == 0) {
        attributes.putIfAbsent(attribute, value);
      }
    }
    return needsFingerprint || in.hasRemaining()
        ? Optional.empty()
        : Optional.of(new StunMessage(type, transaction, attributes, signed, integrity));
  }

  /** Whether its message integrity was made with this key. */
  public boolean isFrom(byte[] key) {
    return integrity.length == SHA1_BYTES
        && MessageDigest.isEqual(integrity, StunWriter.hmac(key, signed));
  }

  /** Whether it answers a request of this type with success. */
  boolean isSuccessOf(int request) {
    return type == (request | RESPONSE);
  }

  /** Whether it answers a request of this type with an error. */
  boolean isErrorOf(int request) {
    return type == (request | ERROR_RESPONSE);
  }

  /** Code of the error, such as 401; 0 where there is none. */
  int errorCode() {
    byte[] value = attributes.getOrDefault(ERROR_CODE, new byte[0]);
    return value.length < 4 ? 0 : (value[2] & 0x07) * 100 + (value[3] & 0xFF);
  }

  /** An unsigned number of four bytes; empty where it is missing. */
  OptionalLong number(int attribute) {
    byte[] value = attributes.getOrDefault(attribute, new byte[0]);
    return value.length == 4
        ? OptionalLong.of(Integer.toUnsignedLong(ByteBuffer.wrap(value).getInt()))
        : OptionalLong.empty();
  }

  /** The text of an attribute; empty where it is missing. */
  public String text(int attribute) {
    return new String(attributes.getOrDefault(attribute, new byte[0]), StandardCharsets.UTF_8);
  }

  public boolean has(int attribute) {
    return attributes.containsKey(attribute);
  }

  /** The address in an attribute; empty where it is missing or malformed. */
  Optional<InetSocketAddress> address(int attribute) {
    ByteBuffer value = ByteBuffer.wrap(attributes.getOrDefault(attribute, new byte[0]));
    if (value.remaining() != 8 && value.remaining() != 20) {
      return Optional.empty();
    }
    int family = value.getShort() & 0xFF;
    int port = (value.getShort() & 0xFFFF) ^ (COOKIE >>> 16);
    byte[] address = new byte[value.remaining()];
    value.get(address);
    xor(address, transaction);
    if (family != (address.length == 4 ? 1 : 2)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new InetSocketAddress(InetAddress.getByAddress(address), port));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("every address has 4 or 16 bytes", e);
    }
  }

  /** The success response to this request, signed with a key. */
  public byte[] success(InetSocketAddress from, byte[] key) {
    return new StunWriter(BINDING_SUCCESS, transaction)
        .putXored(XOR_MAPPED_ADDRESS, from)
        .signed(key);
  }

  /**
   * An error response to this request, signed with a key.
   *
   * @param code such as 487
   */
  public byte[] error(int code, String reason, byte[] key) {
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    byte[] value =
        ByteBuffer.allocate(4 + text.length)
            .putInt(((code / 100) << 8) | (code % 100))
            .put(text)
            .array();
    return new StunWriter(BINDING_ERROR, transaction).put(ERROR_CODE, value).signed(key);
  }

  /** Converts an address to its XORed form, or back. */
  static void xor(byte[] address, byte[] transaction) {
    byte[] mask = ByteBuffer.allocate(16).putInt(COOKIE).put(transaction).array();
    for (int i = 0; i < address.length; i++) {
      address[i] ^= mask[i];
    }
  }

  static void putLength(byte[] message, int length) {
    message[2] = (byte) (length >> 8);
    message[3] = (byte) length;
  }
}
