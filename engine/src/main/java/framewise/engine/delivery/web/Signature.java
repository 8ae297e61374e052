package framewise.engine.delivery.web;

import framewise.engine.endpoint.SigningSecrets.SigningSecret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs a webhook, Standard Webhooks 1.0.0: HMAC-SHA256 over the id, the time and the body. */
final class Signature {
  private static final String ALGORITHM = "HmacSHA256";

  private Signature() {}

  /**
   * The {@code webhook-signature} header: one signature for each secret, separated by spaces.
   *
   * @param seconds since the epoch, as in {@code webhook-timestamp}
   */
  static String of(List<SigningSecret> secrets, String id, long seconds, byte[] body) {
    return secrets.stream()
        .map(secret -> "v1," + of(secret.key(), id, seconds, body))
        .collect(Collectors.joining(" "));
  }

  private static String of(byte[] key, String id, long seconds, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      mac.update((id + "." + seconds + ".").getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has it", e);
    }
  }
}
