package framewise.server.access;

import framewise.overshoot.Secret;
import framewise.server.http.Problem;
import framewise.server.http.RouteAccess;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpStatus;

/**
 * The keys that are accepted: those of the environment, which are operators, and those that were
 * made here. The keys themselves are not kept.
 */
public final class Keys {
  private static final String SCHEME = "Bearer ";
  private static final int SHOWN_OF_HASH = 12;

  private final List<KeyHash> environment;
  private final Function<String, Optional<ApiKey>> made;

  /** A key that is accepted. */
  record Known(String id, String name, Role role, KeyHash hash) {}

  /**
   * @param environment none to accept any that is not empty, of callers who need no account
   * @param made finds those that were made here and are valid
   */
  Keys(List<Secret> environment, Function<String, Optional<ApiKey>> made) {
    this.environment = environment.stream().map(key -> KeyHash.of(key.reveal())).toList();
    this.made = made;
  }

  /** Whether the environment names no key: then any will do for callers who need no account. */
  public boolean isOpen() {
    return environment.isEmpty();
  }

  /**
   * Whose request it is, where nobody needs a key unless some are named.
   *
   * @return empty when none are
   * @throws framewise.server.http.ProblemException 401, when it has none of those that are
   */
  public Optional<KeyHash> admit(Context context) {
    Caller caller = Caller.of(context);
    return switch (caller.kind()) {
      case ACCOUNT, PROXY -> caller.subject().map(KeyHash::of);
      case KEY -> Optional.of(KeyHash.of(bearer(context).orElseThrow()));
      default -> isOpen() && caller.isFree() ? Optional.empty() : Optional.of(require(context));
    };
  }

  /**
   * Whose request it is.
   *
   * @throws framewise.server.http.ProblemException 401, when it has no key that is accepted
   */
  public KeyHash require(Context context) {
    Optional<String> key = bearer(context);
    return key.flatMap(text -> check(text, Caller.of(context)))
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
   * What is kept of the key, if it is accepted.
   *
   * @param caller who sends it
   */
  public Optional<KeyHash> check(String key, Caller caller) {
    Optional<Known> known = find(key);
    if (known.isPresent()) {
      return known.filter(one -> one.role().permits(RouteAccess.OPERATOR)).map(Known::hash);
    }
    return isOpen() && caller.isFree() && !key.isBlank()
        ? Optional.of(KeyHash.of(key))
        : Optional.empty();
  }

  /** The key a request shows; empty when it shows none. */
  static Optional<String> bearer(Context context) {
    String header = Optional.ofNullable(context.header("Authorization")).orElse("");
    return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? Optional.of(header.substring(SCHEME.length()).strip()).filter(key -> !key.isEmpty())
        : Optional.empty();
  }

  /** What a key of the environment may do, by its id; empty for others. */
  Optional<Role> environmentRole(String id) {
    return environment.stream().anyMatch(key -> environmentId(key).equals(id))
        ? Optional.of(Role.OPERATOR)
        : Optional.empty();
  }

  Optional<Known> find(String key) {
    KeyHash hash = KeyHash.of(key);
    boolean known = false;
    for (KeyHash one : environment) {
      // No way out at the first that fits: the time must not tell which it is.
      known |= one.isSame(hash);
    }
    if (known) {
      return Optional.of(new Known(environmentId(hash), "FRAMEWISE_API_KEYS", Role.OPERATOR, hash));
    }
    return made.apply(key).map(one -> new Known(one.id(), one.name(), one.role(), hash));
  }

  private static String environmentId(KeyHash hash) {
    return "env-" + hash.sha256().substring(0, SHOWN_OF_HASH);
  }
}
