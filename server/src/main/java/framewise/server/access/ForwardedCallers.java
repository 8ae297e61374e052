package framewise.server.access;

import framewise.server.access.secret.KeyHash;
import io.javalin.http.Context;
import java.util.Optional;

/** Identifies the callers of calls that other nodes forward. */
@FunctionalInterface
public interface ForwardedCallers {
  /** For a single-node service, to which no other node forwards calls. */
  ForwardedCallers NONE = context -> Optional.empty();

  /**
   * The caller of a forwarded call.
   *
   * @return empty where no node forwarded it
   * @throws framewise.server.http.ProblemException when its signature is not accepted
   */
  Optional<Caller> of(Context context);

  /** Whether a call was forwarded, and its signature accepted. */
  static boolean isForwarded(Context context) {
    return Boolean.TRUE.equals(context.attribute("framewise.forwarded"));
  }

  /** Hash of the API key that a forwarded call carried, and that the other node accepted. */
  static Optional<KeyHash> key(Context context) {
    return Optional.ofNullable(context.attribute("framewise.forwarded.key"));
  }

  /**
   * The address under which the caller reaches the service: scheme, host and port of the request to
   * the node that it called.
   */
  static String address(Context context) {
    String forwarded = context.attribute("framewise.forwarded.address");
    return forwarded == null ? context.scheme() + "://" + context.host() : forwarded;
  }

  /** Records that the signature was accepted. */
  static void accepted(Context context, Optional<KeyHash> key, Optional<String> address) {
    context.attribute("framewise.forwarded", true);
    address.ifPresent(text -> context.attribute("framewise.forwarded.address", text));
    key.ifPresent(hash -> context.attribute("framewise.forwarded.key", hash));
  }
}
