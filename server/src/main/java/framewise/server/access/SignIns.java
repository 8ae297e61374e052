package framewise.server.access;

import framewise.engine.WallClock;
import framewise.server.http.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;

/** Who is signed in, and in which browser. Safe for any number of threads. */
public final class SignIns {
  /** Without a request for so long, a browser is signed out. */
  public static final Duration IDLE = Duration.ofDays(3);

  /** After so long it is signed out whatever happens. */
  public static final Duration LONGEST = Duration.ofDays(30);

  private static final Duration SEEN_EVERY = Duration.ofMinutes(5);
  private static final int BROWSERS = 20;

  private final AccessStore store;
  private final CurrentDirectory directory;
  private final Passwords passwords;
  private final SignInLimits limits;
  private final WallClock clock;

  /**
   * Somebody has signed in.
   *
   * @param cookie to be sent to the browser, and kept nowhere
   */
  public record Started(Account account, SignIn signIn, String cookie) {}

  /** Somebody who is signed in. */
  record Found(Account account, SignIn signIn) {}

  SignIns(
      AccessStore store,
      CurrentDirectory directory,
      Passwords passwords,
      SignInLimits limits,
      WallClock clock) {
    this.store = store;
    this.directory = directory;
    this.passwords = passwords;
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * Signs somebody in.
   *
   * @param sender whose attempts are counted together
   * @throws framewise.server.http.ProblemException 401 when name or password is wrong, 429 when
   *     there were too many attempts, 503 when too many sign in at this moment
   */
  public Started signIn(String name, String password, String sender) {
    Account account = verified(name, password, sender);
    return start(account);
  }

  /**
   * Proves once more that it is them.
   *
   * @throws framewise.server.http.ProblemException as {@link #signIn}
   */
  public void verify(Account account, String password, String sender) {
    Account _ = verified(account.name(), password, sender);
  }

  /** Signs somebody in who has proven who they are. */
  Started start(Account account) {
    String cookie = RandomText.secret();
    Instant now = clock.now();
    var signIn =
        new SignIn(KeyHash.of(cookie).sha256(), account.id(), RandomText.secret(), now, now);
    store.insert(signIn, BROWSERS, now.minus(LONGEST), now.minus(IDLE));
    directory.changed();
    return new Started(account, signIn, cookie);
  }

  /** Signs a browser out. */
  public void end(SignIn signIn) {
    store.deleteSignIn(signIn.id());
    directory.changed();
  }

  /** Who is signed in with this cookie; empty where nobody is, or not any more. */
  Optional<Found> find(String cookie) {
    Directory now = directory.get();
    return Optional.ofNullable(now.signIns().get(KeyHash.of(cookie).sha256()))
        .filter(signIn -> isValid(signIn, clock.now()))
        .flatMap(
            signIn -> now.account(signIn.accountId()).map(account -> new Found(account, signIn)))
        .map(this::seen);
  }

  /** Whether a browser is signed in still. */
  boolean isSignedIn(Directory now, SignIn before) {
    return Optional.ofNullable(now.signIns().get(before.id()))
        .filter(signIn -> isValid(signIn, clock.now()))
        .isPresent();
  }

  private Account verified(String name, String password, String sender) {
    String folded = KeyHash.of(AccountName.fold(name)).sha256();
    Optional<Duration> wait = limits.attempt(sender, folded);
    if (wait.isPresent()) {
      throw new TooManyAttempts(wait.get()).problem();
    }
    Optional<Account> account = directory.get().named(name);
    boolean right = passwords.matches(password, account.flatMap(Account::password));
    if (!right) {
      throw Problem.of(
              HttpStatus.UNAUTHORIZED_401, "wrong_password", "The name or the password is wrong.")
          .asException();
    }
    limits.succeeded(sender, folded);
    return account.orElseThrow();
  }

  private Found seen(Found found) {
    Instant now = clock.now();
    if (Duration.between(found.signIn().seenAt(), now).compareTo(SEEN_EVERY) > 0) {
      store.seen(found.signIn().id(), now);
      directory.changed();
    }
    return found;
  }

  private static boolean isValid(SignIn signIn, Instant now) {
    return now.isBefore(signIn.createdAt().plus(LONGEST))
        && now.isBefore(signIn.seenAt().plus(IDLE));
  }

  /** Says how long to wait. */
  private record TooManyAttempts(Duration pause) {
    RuntimeException problem() {
      return Problem.of(
              HttpStatus.TOO_MANY_REQUESTS_429,
              "too_many_attempts",
              "Too many wrong passwords. Try again in %d s.".formatted(pause.toSeconds() + 1))
          .retryAfter(pause)
          .asException();
    }
  }
}
