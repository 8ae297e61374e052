package framewise.server.access;

import framewise.overshoot.Secret;
import framewise.server.http.Problem;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;

/** The keys that are accepted. The keys themselves are not kept. */
public final class Keys {
  private static final String SCHEME = "Bearer ";

  private final List<KeyHash> accepted;

  /**
   * @param accepted none to accept any that is not empty
   */
  public Keys(List<Secret> accepted) {
    this.accepted = accepted.stream().map(key -> KeyHash.of(key.reveal())).toList();
  }

  /** Whether any key will do. */
  public boolean isOpen() {
    return accepted.isEmpty();
  }

  /**
   * Whose request it is, where nobody needs a key unless some are named.
   *
   * @return empty when none are
   * @throws framewise.server.http.ProblemException 401, when it has none of those that are
   */
  public Optional<KeyHash> admit(Context context) {
    return isOpen() ? Optional.empty() : Optional.of(require(context));
  }

  /**
   * Whose request it is.
   *
   * @throws framewise.server.http.ProblemException 401, when it has no key that is accepted
   */
  public KeyHash require(Context context) {
    String header = Optional.ofNullable(context.header("Authorization")).orElse("");
    boolean bearer = header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    String key = bearer ? header.substring(SCHEME.length()).strip() : "";
    return check(key)
        .orElseThrow(
            () -> {
              context.header("WWW-Authenticate", SCHEME.strip());
              return Problem.of(
                      HttpStatus.UNAUTHORIZED_401,
                      "unauthorized",
                      key.isEmpty()
                          ? "There is no API key: send the header \"Authorization: Bearer KEY\"."
                          : "This API key is not accepted: use one of FRAMEWISE_API_KEYS of the"
                              + " service.")
                  .asException();
            });
  }

  /** What is kept of the key, if it is accepted. */
  public Optional<KeyHash> check(String key) {
    KeyHash hash = KeyHash.of(key);
    boolean known = accepted.isEmpty() && !key.isBlank();
    for (KeyHash one : accepted) {
      // No way out at the first that fits: the time must not tell which it is.
      known |= one.isSame(hash);
    }
    return known ? Optional.of(hash) : Optional.empty();
  }
}
