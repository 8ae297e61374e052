package framewise.engine.endpoint;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The secrets that sign an endpoint's webhooks, newest first. During a key rotation there are
 * several, so that the receiver can switch to the new one at any time. Its string form does not
 * contain them.
 */
public record SigningSecrets(List<SigningSecret> all) {
  /** Start of every secret, from Standard Webhooks. */
  public static final String PREFIX = "whsec_";

  /** Bounds for the length of the key, in bytes. */
  public static final int MIN_BYTES = 24;

  public static final int MAX_BYTES = 64;

  /** No secret, for endpoints that aren't webhooks. */
  public static final SigningSecrets NONE = new SigningSecrets(List.of());

  private static final int NEW_BYTES = 32;
  private static final int MAX_COUNT = 5;
  private static final SecureRandom RANDOM = new SecureRandom();

  public SigningSecrets {
    all = List.copyOf(all);
  }

  /**
   * One secret.
   *
   * @param text {@code whsec_} and the key in base64
   * @param until when it stops signing; empty for the newest one
   */
  public record SigningSecret(String text, Optional<Instant> until) {
    /** The key. */
    public byte[] key() {
      return Base64.getDecoder().decode(text.substring(PREFIX.length()));
    }

    @Override
    public String toString() {
      return "***";
    }
  }

  /** Makes a secret from random bytes. */
  public static String generate() {
    byte[] key = new byte[NEW_BYTES];
    RANDOM.nextBytes(key);
    return PREFIX + Base64.getEncoder().encodeToString(key);
  }

  /** A single secret without expiry. */
  public static SigningSecrets of(String text) {
    return new SigningSecrets(List.of(new SigningSecret(text, Optional.empty())));
  }

  /** Whether a text is a valid secret: the prefix, then 24 to 64 bytes in base64. */
  public static boolean isSound(String text) {
    if (!text.startsWith(PREFIX)) {
      return false;
    }
    try {
      int bytes = Base64.getDecoder().decode(text.substring(PREFIX.length())).length;
      return bytes >= MIN_BYTES && bytes <= MAX_BYTES;
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }

  /** Rotates to a new secret; the present one stays valid for the overlap. */
  public SigningSecrets rotated(String text, Instant now, Duration overlap) {
    Instant end = now.plus(overlap);
    List<SigningSecret> secrets = new ArrayList<>();
    secrets.add(new SigningSecret(text, Optional.empty()));
    validAt(now)
        .forEach(
            old ->
                secrets.add(
                    new SigningSecret(
                        old.text(), Optional.of(old.until().filter(end::isAfter).orElse(end)))));
    return new SigningSecrets(secrets.subList(0, Math.min(MAX_COUNT, secrets.size())));
  }

  /** The secrets that sign at this time. */
  public List<SigningSecret> validAt(Instant now) {
    return all.stream()
        .filter(one -> one.until().filter(end -> !now.isBefore(end)).isEmpty())
        .toList();
  }

  /** The last four characters of the newest secret, by which a person recognizes it. */
  public Optional<String> hint() {
    return all.stream()
        .findFirst()
        .map(SigningSecret::text)
        .map(text -> text.substring(text.length() - 4));
  }

  @Override
  public String toString() {
    return "***";
  }
}
