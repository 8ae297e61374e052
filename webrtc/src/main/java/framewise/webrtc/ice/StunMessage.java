package framewise.webrtc.ice;

import java.io.ByteArrayOutputStream;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A STUN message (RFC 8489), as far as connectivity checks need it. Immutable.
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

  private static final int MESSAGE_INTEGRITY = 0x0008;
  private static final int FINGERPRINT = 0x8028;
  private static final int FINGERPRINT_MASK = 0x5354_554E;
  private static final int COOKIE = 0x2112_A442;
  private static final int HEADER = 20;
  private static final int SHA1_BYTES = 20;

  /** Limit in bytes; checks have some 100 to 200. */
  private static final int MAX_BYTES = 1_280;

  /** Limit on attributes; checks have seven or eight. */
  private static final int MAX_ATTRIBUTES = 32;

  /**
   * Parses a datagram. Empty when it is no STUN message, is malformed, or has no valid fingerprint
   * at its end.
   */
  public static Optional<StunMessage> parse(ByteBuffer datagram) {
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
    byte[] transaction = new byte[12];
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
        boolean sound = last && ByteBuffer.wrap(value).getInt() == fingerprint(bytes, start);
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
    return Optional.empty();
  }

  /** Whether its message integrity was made with this key. */
  public boolean isFrom(byte[] key) {
    return integrity.length == SHA1_BYTES && MessageDigest.isEqual(integrity, hmac(key, signed));
  }

  /** The text of an attribute; empty where it is missing. */
  public String text(int attribute) {
    return new String(attributes.getOrDefault(attribute, new byte[0]), StandardCharsets.UTF_8);
  }

  public boolean has(int attribute) {
    return attributes.containsKey(attribute);
  }

  /** The success response to this request, signed with a key. */
  public byte[] success(InetSocketAddress from, byte[] key) {
    return signed(BINDING_SUCCESS, XOR_MAPPED_ADDRESS, xored(from), key);
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
    return signed(BINDING_ERROR, ERROR_CODE, value, key);
  }

  private byte[] signed(int kind, int attribute, byte[] value, byte[] key) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(
        ByteBuffer.allocate(HEADER)
            .putShort((short) kind)
            .putShort((short) 0)
            .putInt(COOKIE)
            .put(transaction)
            .array());
    put(out, attribute, value);
    byte[] body = out.toByteArray();
    putLength(body, body.length + 4 + SHA1_BYTES - HEADER);
    put(out, MESSAGE_INTEGRITY, hmac(key, body));
    byte[] whole = out.toByteArray();
    putLength(whole, whole.length + 8 - HEADER);
    ByteArrayOutputStream end = new ByteArrayOutputStream();
    end.writeBytes(whole);
    put(end, FINGERPRINT, ByteBuffer.allocate(4).putInt(fingerprint(whole, whole.length)).array());
    return end.toByteArray();
  }

  private byte[] xored(InetSocketAddress from) {
    byte[] address = from.getAddress().getAddress();
    byte[] mask = ByteBuffer.allocate(16).putInt(COOKIE).put(transaction).array();
    for (int i = 0; i < address.length; i++) {
      address[i] ^= mask[i];
    }
    int family = from.getAddress() instanceof Inet4Address ? 1 : 2;
    return ByteBuffer.allocate(4 + address.length)
        .putShort((short) family)
        .putShort((short) (from.getPort() ^ (COOKIE >>> 16)))
        .put(address)
        .array();
  }

  private static void put(ByteArrayOutputStream out, int attribute, byte[] value) {
    out.writeBytes(
        ByteBuffer.allocate(4 + ((value.length + 3) & ~3))
            .putShort((short) attribute)
            .putShort((short) value.length)
            .put(value)
            .array());
  }

  private static void putLength(byte[] message, int length) {
    message[2] = (byte) (length >> 8);
    message[3] = (byte) length;
  }

  private static int fingerprint(byte[] message, int length) {
    CRC32 sum = new CRC32();
    sum.update(message, 0, length);
    return (int) sum.getValue() ^ FINGERPRINT_MASK;
  }

  private static byte[] hmac(byte[] key, byte[] bytes) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(key, "HmacSHA1"));
      return mac.doFinal(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA1", e);
    }
  }
}
