package framewise.server.access;

import framewise.engine.Refusal;
import framewise.server.access.account.Account;
import framewise.server.access.account.AccountName;
import framewise.server.access.account.Role;
import framewise.server.access.secret.Passwords;
import framewise.server.access.secret.RandomText;
import framewise.server.http.Problem;
import framewise.time.WallClock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;

/** Accounts: creates, changes and deletes them. Safe for any number of threads. */
public final class Accounts {
  private static final int MAX_COUNT = 1_000;
  private static final int ID_LENGTH = 12;

  private final AccessStore store;
  private final CurrentDirectory directory;
  private final Passwords passwords;
  private final WallClock clock;

  Accounts(AccessStore store, CurrentDirectory directory, Passwords passwords, WallClock clock) {
    this.store = store;
    this.directory = directory;
    this.passwords = passwords;
    this.clock = clock;
  }

  /** Whether there is an account; if so, everyone must sign in. */
  public boolean any() {
    return directory.get().hasAccounts();
  }

  /** All accounts, by name. */
  public List<Account> all() {
    return directory.get().byId().values().stream()
        .sorted(Comparator.comparing(account -> AccountName.fold(account.name())))
        .toList();
  }

  public Optional<Account> named(String name) {
    return directory.get().named(name);
  }

  /**
   * The account with this id.
   *
   * @throws framewise.server.http.ProblemException 404 when there is none
   */
  public Account get(String id) {
    return directory
        .get()
        .account(id)
        .orElseThrow(
            () ->
                Problem.of(HttpStatus.NOT_FOUND_404, "account_not_found", "No such account.")
                    .asException());
  }

  /**
   * Creates the first account, an administrator.
   *
   * @throws framewise.server.http.ProblemException 409 when there is an account already
   */
  public Account createFirst(AccountName name, String password) {
    return create(name, Role.ADMIN, Optional.of(password), true)
        .orElseThrow(
            () ->
                Problem.of(
                        HttpStatus.CONFLICT_409,
                        "account_exists",
                        "An account exists already. Sign in with it.")
                    .asException());
  }

  /**
   * Creates an account.
   *
   * @param password empty where only a proxy signs the person in
   * @throws framewise.engine.RefusedException when a field is invalid, or the name is taken
   */
  public Account create(AccountName name, Role role, Optional<String> password) {
    if (directory.get().byId().size() >= MAX_COUNT) {
      throw Problem.of(
              HttpStatus.CONFLICT_409,
              "too_many_accounts",
              "There are %d accounts, which is the limit. Delete one first.".formatted(MAX_COUNT))
          .asException();
    }
    if (!any() && role != Role.ADMIN) {
      throw Refusal.field("role", "role must be admin for the first account").asException();
    }
    return create(name, role, password, false)
        .orElseThrow(
            () ->
                Problem.of(
                        HttpStatus.CONFLICT_409,
                        "account_exists",
                        "An account with this name already exists.")
                    .asException());
  }

  /**
   * Changes the role.
   *
   * @throws framewise.server.http.ProblemException 409 when it is the last administrator's
   */
  public void setRole(Account account, Role role) {
    requireAccountRole(role);
    if (!store.setRole(account.id(), role)) {
      throw lastAdmin();
    }
    directory.changed();
  }

  /** Changes the password and ends all sign-ins of the account. */
  public void setPassword(Account account, String field, String password) {
    store.setPassword(account.id(), passwords.hash(field, password));
    directory.changed();
  }

  /**
   * Deletes an account and ends its sign-ins. Its sessions pass to the administrators.
   *
   * @throws framewise.server.http.ProblemException 409 when it is the last administrator's
   */
  public void delete(Account account) {
    if (!store.deleteAccount(account.id())) {
      throw lastAdmin();
    }
    directory.changed();
  }

  /** Deletes all accounts; this machine then has access without one again. */
  public void deleteAll() {
    store.deleteAllAccounts();
    directory.changed();
  }

  /**
   * Keys may have any role, accounts any but the one for monitoring.
   *
   * @throws framewise.engine.RefusedException when it is the one for monitoring
   */
  private static void requireAccountRole(Role role) {
    if (role == Role.MONITOR) {
      throw Refusal.field("role", "role must be admin, operator or viewer").asException();
    }
  }

  private Optional<Account> create(
      AccountName name, Role role, Optional<String> password, boolean first) {
    requireAccountRole(role);
    var account =
        new Account(
            RandomText.name(ID_LENGTH),
            name.shown(),
            role,
            password.map(text -> passwords.hash("password", text)),
            clock.now(),
            0);
    boolean made = store.insert(account, first);
    directory.changed();
    return made ? Optional.of(account) : Optional.empty();
  }

  private static RuntimeException lastAdmin() {
    return Problem.of(
            HttpStatus.CONFLICT_409,
            "last_admin",
            "This is the last administrator. Make another account an administrator first.")
        .asException();
  }
}
