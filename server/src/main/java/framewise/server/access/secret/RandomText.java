package framewise.server.access.secret;

import java.security.SecureRandom;
import java.util.Base64;

/** Generator of unguessable text. */
public final class RandomText {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";

  private RandomText() {}

  /** Returns 256 bits, in characters that need no escape in a URL. */
  public static String secret() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(32));
  }

  /** Returns an id of lower-case letters and digits, five bits each. */
  public static String name(int length) {
    var name = new StringBuilder();
    for (byte one : bytes(length)) {
      name.append(LETTERS.charAt(one & 31));
    }
    return name.toString();
  }

  static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    RANDOM.nextBytes(bytes);
    return bytes;
  }
}
