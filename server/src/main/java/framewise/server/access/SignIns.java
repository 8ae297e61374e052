package framewise.server.access;

import framewise.server.access.account.Account;
import framewise.server.access.account.AccountName;
import framewise.server.access.account.SignIn;
import framewise.server.access.attempt.SignInLimits;
import framewise.server.access.secret.KeyHash;
import framewise.server.access.secret.Passwords;
import framewise.server.access.secret.RandomText;
import framewise.server.http.Problem;
import framewise.time.WallClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;

/** Sign-ins of accounts in browsers. Safe for any number of threads. */
public final class SignIns {
  /** Time without a request after which a browser is signed out. */
  public static final Duration IDLE = Duration.ofDays(3);

  /** Time after which a browser is signed out in any case. */
  public static final Duration MAX_LIFETIME = Duration.ofDays(30);

  private static final Duration SEEN_EVERY = Duration.ofMinutes(5);
  private static final int BROWSERS = 20;

  private final AccessStore store;
  private final CurrentDirectory directory;
  private final Passwords passwords;
  private final SignInLimits limits;
  private final WallClock clock;

  /**
   * New sign-in.
   *
   * @param cookie for the browser; not stored
   */
  public record NewSignIn(Account account, SignIn signIn, String cookie) {}

  /** Account with its sign-in. */
  record ActiveSignIn(Account account, SignIn signIn) {}

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
   * Signs an account in.
   *
   * @param sender key under which attempts are counted
   * @throws framewise.server.http.ProblemException 401 when name or password is wrong, 429 after
   *     too many attempts, 503 when too many sign in at this moment
   */
  public NewSignIn signIn(String name, String password, String sender) {
    Account account = verified(name, password, sender);
    return start(account);
  }

  /**
   * Checks the password of a signed-in account again.
   *
   * @throws framewise.server.http.ProblemException like {@link #signIn}
   */
  public void verify(Account account, String password, String sender) {
    Account _ = verified(account.name(), password, sender);
  }

  /** Signs in an account that has been authenticated. */
  NewSignIn start(Account account) {
    String cookie = RandomText.secret();
    Instant now = clock.now();
    var signIn =
        new SignIn(KeyHash.of(cookie).sha256(), account.id(), RandomText.secret(), now, now);
    store.insert(signIn, BROWSERS, now.minus(MAX_LIFETIME), now.minus(IDLE));
    directory.changed();
    return new NewSignIn(account, signIn, cookie);
  }

  /** Signs a browser out. */
  public void end(SignIn signIn) {
    store.deleteSignIn(signIn.id());
    directory.changed();
  }

  /** Finds the account that is signed in with this cookie; empty where none is. */
  Optional<ActiveSignIn> find(String cookie) {
    Directory now = directory.get();
    return Optional.ofNullable(now.signIns().get(KeyHash.of(cookie).sha256()))
        .filter(signIn -> isValid(signIn, clock.now()))
        .flatMap(
            signIn ->
                now.account(signIn.accountId()).map(account -> new ActiveSignIn(account, signIn)))
        .map(this::seen);
  }

  /** Whether a browser is still signed in. */
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

  private ActiveSignIn seen(ActiveSignIn found) {
    Instant now = clock.now();
    if (Duration.between(found.signIn().seenAt(), now).compareTo(SEEN_EVERY) > 0) {
      store.seen(found.signIn().id(), now);
      directory.changed();
    }
    return found;
  }

  private static boolean isValid(SignIn signIn, Instant now) {
    return now.isBefore(signIn.createdAt().plus(MAX_LIFETIME))
        && now.isBefore(signIn.seenAt().plus(IDLE));
  }

  /** States how long to wait. */
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
