package framewise.server.cluster;

import framewise.overshoot.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signature of a call that one node forwards to another: HMAC-SHA256 with the cluster key over the
 * time, a nonce, the receiver, the method, the path with its query, the caller and the hash of the
 * body. A signature is accepted once, by its receiver, within half a minute. Safe for any number of
 * threads.
 */
public final class ForwardSignature {
  /** Header of a forwarded call. */
  public static final String HEADER = "X-Framewise-Forwarded";

  /** Maximum difference between the clocks of two nodes, including the time in transit. */
  public static final Duration WINDOW = Duration.ofSeconds(30);

  private static final String VERSION = "v1";
  private static final String ALGORITHM = "HmacSHA256";
  private static final String PURPOSE = "framewise forwarded call";
  private static final int PARTS = 6;
  private static final int MAX_REMEMBERED = 200_000;
  private static final int MAX_LENGTH = 4_096;

  private final byte[] key;

  /** Accepted nonces, each with the time until which its signature is valid. */
  private final Map<String, Instant> used = new LinkedHashMap<>();

  /**
   * The signed parts of a call.
   *
   * @param target path and query
   * @param bodyHash SHA-256 of the body
   */
  public record Call(String method, String target, String bodyHash) {
    /** A call with this body. */
    public static Call of(String method, String target, byte[] body) {
      return new Call(method, target, sha256(body));
    }
  }

  public ForwardSignature(Secret clusterKey) {
    this.key = derive(clusterKey, PURPOSE);
  }

  /** Key that signs the tokens of all nodes. */
  public static byte[] tokenKey(Secret clusterKey) {
    return derive(clusterKey, "framewise tokens");
  }

  /** A key for one purpose, which doesn't reveal the cluster key. */
  private static byte[] derive(Secret clusterKey, String purpose) {
    return hmac(clusterKey.reveal().getBytes(StandardCharsets.UTF_8), purpose);
  }

  /**
   * Signs a call.
   *
   * @param receiver id of the node that may accept it
   * @param caller who sent it, in base64url
   * @return the header's value
   */
  public String sign(Call call, String receiver, String caller, Instant now) {
    String head =
        String.join(
            " ",
            VERSION,
            Long.toString(now.toEpochMilli()),
            UUID.randomUUID().toString(),
            receiver,
            caller);
    return head + " " + HexFormat.of().formatHex(mac(head, call));
  }

  /**
   * Verifies a header.
   *
   * @param receiver id of this node
   * @return the caller; empty where the signature is wrong, too old, for another node, or was used
   *     before
   */
  public Optional<String> verify(String header, Call call, String receiver, Instant now) {
    String[] parts = header.length() > MAX_LENGTH ? new String[0] : header.split(" ", -1);
    if (parts.length != PARTS || !parts[0].equals(VERSION)) {
      return Optional.empty();
    }
    String head = header.substring(0, header.lastIndexOf(' '));
    byte[] expected = mac(head, call);
    boolean genuine =
        MessageDigest.isEqual(
            HexFormat.of().formatHex(expected).getBytes(StandardCharsets.US_ASCII),
            parts[PARTS - 1].getBytes(StandardCharsets.US_ASCII));
    if (!genuine || !parts[3].equals(receiver)) {
      return Optional.empty();
    }
    // Genuine: a node wrote the header, so its parts can be parsed.
    Instant sent = Instant.ofEpochMilli(Long.parseLong(parts[1]));
    boolean timely = Duration.between(sent, now).abs().compareTo(WINDOW) <= 0;
    return timely && isNew(parts[2], sent.plus(WINDOW), now)
        ? Optional.of(parts[4])
        : Optional.empty();
  }

  private synchronized boolean isNew(String number, Instant until, Instant now) {
    used.values().removeIf(end -> end.isBefore(now));
    if (used.size() >= MAX_REMEMBERED) {
      return false;
    }
    return used.putIfAbsent(number, until) == null;
  }

  private byte[] mac(String head, Call call) {
    return hmac(key, String.join("\n", head, call.method(), call.target(), call.bodyHash()));
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String sha256(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
