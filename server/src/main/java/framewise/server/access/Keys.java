package framewise.server.access;

import framewise.overshoot.Secret;
import framewise.server.access.account.ApiKey;
import framewise.server.access.account.Role;
import framewise.server.access.secret.KeyHash;
import framewise.server.http.Problem;
import framewise.server.http.RouteAccess;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Accepted keys: those of the environment, which have the operator role, and those created here.
 * The keys themselves are not stored.
 */
public final class Keys {
  private static final String SCHEME = "Bearer ";
  private static final int SHOWN_OF_HASH = 12;

  private final List<KeyHash> environment;
  private final Function<String, Optional<ApiKey>> made;

  /** Accepted key. */
  record AcceptedKey(String id, String name, Role role, KeyHash hash) {}

  /**
   * @param environment keys from the environment; if there are none, callers who need no account
   *     can use any non-empty key
   * @param made finds valid keys that were created here
   */
  Keys(List<Secret> environment, Function<String, Optional<ApiKey>> made) {
    this.environment = environment.stream().map(key -> KeyHash.of(key.reveal())).toList();
    this.made = made;
  }

  /** Whether the environment has no keys: callers who need no account can use any key then. */
  public boolean isOpen() {
    return environment.isEmpty();
  }

  /**
   * Identifies the key of a request, where a key is required only if the environment has some.
   *
   * @return empty when the environment has none
   * @throws framewise.server.http.ProblemException 401 when it carries none of the environment's
   *     keys
   */
  public Optional<KeyHash> admit(Context context) {
    Caller caller = Caller.of(context);
    return switch (caller.kind()) {
      // Nodes forward the caller, not its key.
      case ACCOUNT, PROXY, KEY -> caller.subject().map(KeyHash::of);
      default -> isOpen() && caller.isFree() ? Optional.empty() : Optional.of(require(context));
    };
  }

  /**
   * Identifies the key of a request.
   *
   * @throws framewise.server.http.ProblemException 401 when it carries no accepted key
   */
  public KeyHash require(Context context) {
    Optional<String> key = bearer(context);
    return ForwardedCallers.key(context)
        .or(() -> key.flatMap(text -> check(text, Caller.of(context))))
        .orElseThrow(
            () -> {
              context.header("WWW-Authenticate", SCHEME.strip());
              return Problem.of(
                      HttpStatus.UNAUTHORIZED_401,
                      "unauthorized",
                      key.isEmpty()
                          ? "There is no API key: send the header \"Authorization: Bearer KEY\"."
                          : "This API key is not accepted: use one of FRAMEWISE_API_KEYS of the"
                              + " service, or one that was made in its console.")
                  .asException();
            });
  }

  /**
   * The key's hash and rights, if it is accepted.
   *
   * @param caller the sender
   */
  public Optional<KeyHash> check(String key, Caller caller) {
    Optional<AcceptedKey> known = find(key);
    if (known.isPresent()) {
      return known.filter(one -> one.role().permits(RouteAccess.OPERATOR)).map(AcceptedKey::hash);
    }
    return isOpen() && caller.isFree() && !key.isBlank()
        ? Optional.of(KeyHash.of(key))
        : Optional.empty();
  }

  /** The key that a request carries; empty when it carries none. */
  static Optional<String> bearer(Context context) {
    String header = Optional.ofNullable(context.header("Authorization")).orElse("");
    return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? Optional.of(header.substring(SCHEME.length()).strip()).filter(key -> !key.isEmpty())
        : Optional.empty();
  }

  /** Rights of an environment key, by its id; empty for others. */
  Optional<Role> environmentRole(String id) {
    return environment.stream().anyMatch(key -> environmentId(key).equals(id))
        ? Optional.of(Role.OPERATOR)
        : Optional.empty();
  }

  Optional<AcceptedKey> find(String key) {
    KeyHash hash = KeyHash.of(key);
    boolean known = false;
    for (KeyHash one : environment) {
      // Compares with all keys: stopping at the first match would reveal by timing which one it is.
      known |= one.isSame(hash);
    }
    if (known) {
      return Optional.of(
          new AcceptedKey(environmentId(hash), "FRAMEWISE_API_KEYS", Role.OPERATOR, hash));
    }
    return made.apply(key).map(one -> new AcceptedKey(one.id(), one.name(), one.role(), hash));
  }

  private static String environmentId(KeyHash hash) {
    return "env-" + hash.sha256().substring(0, SHOWN_OF_HASH);
  }
}
