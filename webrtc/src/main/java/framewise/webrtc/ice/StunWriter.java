package framewise.webrtc.ice;

import java.io.ByteArrayOutputStream;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Writes one STUN message (RFC 8489, section 5). For one thread, and used once. */
final class StunWriter {
  private static final int FINGERPRINT_MASK = 0x5354_554E;
  private static final int MAC_BYTES = 20;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final byte[] transaction;

  StunWriter(int type, byte[] transaction) {
    this.transaction = transaction;
    out.writeBytes(
        ByteBuffer.allocate(StunMessage.HEADER)
            .putShort((short) type)
            .putShort((short) 0)
            .putInt(StunMessage.COOKIE)
            .put(transaction)
            .array());
  }

  /** A new transaction's id. */
  static byte[] newTransaction() {
    byte[] made = new byte[StunMessage.TRANSACTION_BYTES];
    RANDOM.nextBytes(made);
    return made;
  }

  StunWriter put(int attribute, byte[] value) {
    out.writeBytes(
        ByteBuffer.allocate(4 + ((value.length + 3) & ~3))
            .putShort((short) attribute)
            .putShort((short) value.length)
            .put(value)
            .array());
    return this;
  }

  StunWriter put(int attribute, String text) {
    return put(attribute, text.getBytes(StandardCharsets.UTF_8));
  }

  StunWriter putInt(int attribute, int value) {
    return put(attribute, ByteBuffer.allocate(4).putInt(value).array());
  }

  /** Adds an address in XORed form, because some routers rewrite whatever looks like an address. */
  StunWriter putXored(int attribute, InetSocketAddress at) {
    byte[] address = at.getAddress().getAddress();
    StunMessage.xor(address, transaction);
    int family = at.getAddress() instanceof Inet4Address ? 1 : 2;
    return put(
        attribute,
        ByteBuffer.allocate(4 + address.length)
            .putShort((short) family)
            .putShort((short) (at.getPort() ^ (StunMessage.COOKIE >>> 16)))
            .put(address)
            .array());
  }

  /** The message as it is, with neither integrity nor fingerprint. */
  byte[] plain() {
    return withLength(0);
  }

  /** The message with a message integrity and a fingerprint. */
  byte[] signed(byte[] key) {
    put(StunMessage.MESSAGE_INTEGRITY, hmac(key, withLength(4 + MAC_BYTES)));
    byte[] whole = withLength(8);
    putInt(StunMessage.FINGERPRINT, fingerprint(whole, whole.length));
    return withLength(0);
  }

  /** The message so far; its length counts as many bytes that are still to come. */
  private byte[] withLength(int more) {
    byte[] message = out.toByteArray();
    StunMessage.putLength(message, message.length + more - StunMessage.HEADER);
    return message;
  }

  /** The fingerprint of a message's first bytes. */
  static int fingerprint(byte[] message, int length) {
    CRC32 sum = new CRC32();
    sum.update(message, 0, length);
    return (int) sum.getValue() ^ FINGERPRINT_MASK;
  }

  static byte[] hmac(byte[] key, byte[] bytes) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(key, "HmacSHA1"));
      return mac.doFinal(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA1", e);
    }
  }
}
