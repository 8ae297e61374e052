package framewise.server.access;

import framewise.engine.SessionId;
import framewise.server.access.account.Account;
import framewise.server.access.account.ApiKey;
import framewise.server.access.account.Role;
import framewise.server.access.secret.ShownSession;
import framewise.server.http.RouteAccess;
import framewise.time.WallClock;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Checks the makers of tokens. A token has no more rights than its maker: it ends with the account
 * or key, with a new password, with a lower role, with its session, and when the maker loses access
 * to that. Safe for any number of threads.
 */
final class TokenMakers {
  private final CurrentDirectory directory;
  private final Keys keys;
  private final SessionGrants grants;
  private final WallClock clock;

  TokenMakers(CurrentDirectory directory, Keys keys, SessionGrants grants, WallClock clock) {
    this.directory = directory;
    this.keys = keys;
    this.grants = grants;
    this.clock = clock;
  }

  /** Generation of the maker's account, for a new token. */
  int generation(Caller by) {
    return by.subject().map(this::generation).orElse(0);
  }

  /** Generation of a subject's account; 0 for others. */
  int generation(String by) {
    return Subject.accountId(by)
        .flatMap(id -> directory.get().account(id))
        .map(Account::generation)
        .orElse(0);
  }

  /** When a session got its owner, in milliseconds since 1970; 0 without one. */
  long ownedSince(SessionId session) {
    return grants.ownedSince(session);
  }

  boolean mayShow(ShownSession shown) {
    OptionalLong since = shown.ownedSince();
    if (since.isPresent() && since.getAsLong() != ownedSince(shown.session())) {
      return false;
    }
    Directory now = directory.get();
    Optional<String> account = Subject.accountId(shown.by());
    if (account.isPresent()) {
      return now.account(account.get())
          .filter(one -> one.generation() == shown.generation())
          .filter(one -> sees(shown, one.role(), true))
          .isPresent();
    }
    Optional<String> key = Subject.keyId(shown.by());
    // Made before there was any account: it has no maker whose rights could end.
    return key.isEmpty()
        || role(now, key.get()).filter(role -> sees(shown, role, false)).isPresent();
  }

  /**
   * Whether a subject may see a session now.
   *
   * @param subject empty for a maker from before the first account existed
   */
  boolean sees(String subject, SessionId session) {
    return subject.isEmpty()
        || role(subject)
            .filter(
                role ->
                    role == Role.ADMIN
                        || grants.isShown(session, subject, Subject.accountId(subject).isPresent()))
            .isPresent();
  }

  /** Whether a subject may see every session now. */
  boolean seesAll(String subject) {
    return subject.isEmpty() || role(subject).filter(role -> role == Role.ADMIN).isPresent();
  }

  private Optional<Role> role(String subject) {
    Directory now = directory.get();
    return Subject.accountId(subject)
        .flatMap(now::account)
        .map(Account::role)
        .or(() -> Subject.keyId(subject).flatMap(key -> role(now, key)));
  }

  /** Whether the maker may still publish into the session: it owns it and is an operator. */
  boolean mayPublish(ShownSession token) {
    Directory now = directory.get();
    Optional<String> account = Subject.accountId(token.by());
    Optional<String> key = Subject.keyId(token.by());
    if (account.isEmpty() && key.isEmpty()) {
      // Made before there was any account: it has no maker whose rights could end.
      return true;
    }
    Optional<Role> role =
        account.isPresent()
            ? now.account(account.get())
                .filter(one -> one.generation() == token.generation())
                .map(Account::role)
            : role(now, key.orElseThrow());
    boolean owner = grants.owner(token.session()).filter(token.by()::equals).isPresent();
    return role.filter(one -> one == Role.ADMIN || (owner && one.permits(RouteAccess.OPERATOR)))
        .isPresent();
  }

  private boolean sees(ShownSession shown, Role role, boolean person) {
    return role == Role.ADMIN || grants.isShown(shown.session(), shown.by(), person);
  }

  private Optional<Role> role(Directory now, String key) {
    Instant moment = clock.now();
    return keys.environmentRole(key)
        .or(
            () ->
                Optional.ofNullable(now.keys().get(key))
                    .filter(known -> !known.isExpired(moment))
                    .map(ApiKey::role));
  }
}
