package framewise.webrtc.ice;

import java.security.SecureRandom;

/**
 * One agent's name and password for connectivity checks (RFC 8445, section 5.3).
 *
 * @param fragment user fragment, 4 to 256 characters
 * @param password 22 to 256 characters; never printed
 */
public record IceCredentials(String fragment, String password) {
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  private static final SecureRandom RANDOM = new SecureRandom();

  /** Makes new ones: 48 bits of name, 144 bits of password. */
  public static IceCredentials random() {
    return new IceCredentials(text(8), text(24));
  }

  @Override
  public String toString() {
    return "IceCredentials[fragment=%s, password=***]".formatted(fragment);
  }

  private static String text(int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
    }
    return text.toString();
  }
}
