package framewise.media.network;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers an authentication challenge: Digest (RFC 7616, and RFC 2069, which cameras still use)
 * with MD5 or SHA-256, or Basic (RFC 7617). Used by one thread.
 */
public final class ChallengeResponse {
  private static final Pattern PARAMETER =
      Pattern.compile("([A-Za-z-]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s,\"]+))");

  private final Credentials credentials;
  private final boolean basic;
  private final Map<String, String> challenge;
  private int count;

  private ChallengeResponse(Credentials credentials, boolean basic, Map<String, String> challenge) {
    this.credentials = credentials;
    this.basic = basic;
    this.challenge = challenge;
  }

  /**
   * Chooses the safest scheme that the server offers.
   *
   * @param asked every {@code WWW-Authenticate} header
   */
  public static Optional<ChallengeResponse> answer(Credentials credentials, List<String> asked) {
    for (String header : asked) {
      Map<String, String> parameters = parameters(header);
      if (isScheme(header, "digest")
          && parameters.containsKey("nonce")
          && hash(parameters).isPresent()) {
        return Optional.of(new ChallengeResponse(credentials, false, parameters));
      }
    }
    return asked.stream().anyMatch(header -> isScheme(header, "basic"))
        ? Optional.of(new ChallengeResponse(credentials, true, Map.of()))
        : Optional.empty();
  }

  /** The {@code Authorization} header of a request. */
  public String header(String method, String target) {
    if (basic) {
      String pair = credentials.user() + ":" + credentials.password();
      return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }
    String realm = challenge.getOrDefault("realm", "");
    String nonce = challenge.getOrDefault("nonce", "");
    String who = hashed(credentials.user() + ":" + realm + ":" + credentials.password());
    String what = hashed(method + ":" + target);
    StringBuilder header = new StringBuilder("Digest ");
    quote(header, "username", credentials.user());
    quote(header, "realm", realm);
    quote(header, "nonce", nonce);
    quote(header, "uri", target);
    if (challenge.getOrDefault("qop", "").toLowerCase(Locale.ROOT).contains("auth")) {
      count++;
      String times = "%08x".formatted(count);
      String ours = HexFormat.of().toHexDigits(new SecureRandom().nextLong());
      String proof = String.join(":", who, nonce, times, ours, "auth", what);
      header.append("qop=auth, nc=").append(times).append(", ");
      quote(header, "cnonce", ours);
      quote(header, "response", hashed(proof));
    } else {
      quote(header, "response", hashed(who + ":" + nonce + ":" + what));
    }
    Optional.ofNullable(challenge.get("opaque"))
        .ifPresent(opaque -> quote(header, "opaque", opaque));
    Optional.ofNullable(challenge.get("algorithm"))
        .ifPresent(name -> header.append("algorithm=").append(name).append(", "));
    return header.substring(0, header.length() - 2);
  }

  @Override
  public String toString() {
    return "***";
  }

  private String hashed(String text) {
    try {
      byte[] sum =
          MessageDigest.getInstance(hash(challenge).orElseThrow())
              .digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(sum);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has it", e);
    }
  }

  private static Optional<String> hash(Map<String, String> parameters) {
    return switch (parameters.getOrDefault("algorithm", "MD5").toUpperCase(Locale.ROOT)) {
      case "MD5" -> Optional.of("MD5");
      case "SHA-256" -> Optional.of("SHA-256");
      default -> Optional.empty();
    };
  }

  private static boolean isScheme(String header, String scheme) {
    return header.strip().toLowerCase(Locale.ROOT).startsWith(scheme);
  }

  private static Map<String, String> parameters(String header) {
    Map<String, String> found = new HashMap<>();
    Matcher parameter = PARAMETER.matcher(header);
    while (parameter.find()) {
      String quoted = parameter.group(2);
      found.put(
          parameter.group(1).toLowerCase(Locale.ROOT),
          quoted == null ? parameter.group(3) : quoted.replaceAll("\\\\(.)", "$1"));
    }
    return found;
  }

  private static void quote(StringBuilder out, String name, String value) {
    String sound = value.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("[\r\n]", "");
    out.append(name).append("=\"").append(sound).append("\", ");
  }
}
