package framewise.server.access.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Hash of an API key: enough to recognize the key, not enough to use it.
 *
 * @param sha256 in hexadecimal digits
 */
public record KeyHash(String sha256) {
  public static KeyHash of(String key) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return new KeyHash(HexFormat.of().formatHex(hash));
    } catch (NoSuchAlgorithmException everyJvmHasIt) {
      throw new IllegalStateException(everyJvmHasIt);
    }
  }

  /** Compares in constant time. */
  public boolean isSame(KeyHash other) {
    return MessageDigest.isEqual(bytes(), other.bytes());
  }

  /** Omits the hash, for log lines. */
  @Override
  public String toString() {
    return "KeyHash[***]";
  }

  private byte[] bytes() {
    return sha256.getBytes(StandardCharsets.US_ASCII);
  }
}
