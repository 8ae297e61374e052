package framewise.server.access;

import framewise.engine.store.Database;
import framewise.server.access.account.Account;
import framewise.server.access.account.AccountName;
import framewise.server.access.account.ApiKey;
import framewise.server.access.account.Role;
import framewise.server.access.account.SignIn;
import framewise.server.access.secret.KeyHash;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Database access for accounts, keys and signed-in browsers. */
final class AccessStore {
  private final Database database;

  /** Updates the schema. */
  AccessStore(Database database) {
    this.database = database;
    database.extend(AccessSchema.PART, AccessSchema.STEPS);
  }

  /** Reads all records in one snapshot. */
  Directory load() {
    return database.read(
        handle ->
            handle.inTransaction(
                reading ->
                    Directory.of(
                        reading
                            .createQuery("SELECT * FROM account")
                            .map((row, context) -> account(row))
                            .list(),
                        reading
                            .createQuery("SELECT * FROM sign_in")
                            .map((row, context) -> signIn(row))
                            .list(),
                        reading
                            .createQuery("SELECT * FROM api_key")
                            .map((row, context) -> key(row))
                            .list())));
  }

  /**
   * Stores an account.
   *
   * @param first stores it only if there is no account yet
   * @return false when the name is taken, or there is an account already
   */
  boolean insert(Account account, boolean first) {
    int[] rows = new int[1];
    database.write(
        handle ->
            rows[0] =
                handle
                    .createUpdate(
                        """
                        INSERT INTO account (id, name, folded, role, password, created_at)
                        SELECT :id, :name, :folded, :role, :password, :createdAt
                        WHERE :first = 0 OR NOT EXISTS (SELECT 1 FROM account)
                        ON CONFLICT (folded) DO NOTHING
                        """)
                    .bind("id", account.id())
                    .bind("name", account.name())
                    .bind("folded", AccountName.fold(account.name()))
                    .bind("role", account.role().wireName())
                    .bind("password", account.password())
                    .bind("createdAt", account.createdAt().toEpochMilli())
                    .bind("first", first)
                    .execute());
    return rows[0] == 1;
  }

  /**
   * Changes the role of an account. A lower role revokes the account's links.
   *
   * @return false when no administrator would remain
   */
  boolean setRole(String id, Role role) {
    return keepingAnAdmin(
        handle -> {
          Optional<Role> before =
              handle
                  .createQuery("SELECT role FROM account WHERE id = :id")
                  .bind("id", id)
                  .mapTo(String.class)
                  .findFirst()
                  .flatMap(Role::ofWireName);
          handle.execute("UPDATE account SET role = ? WHERE id = ?", role.wireName(), id);
          if (before.filter(was -> role.compareTo(was) < 0).isPresent()) {
            endLinks(handle, id);
          }
        });
  }

  /**
   * Deletes an account and ends its sign-ins.
   *
   * @return false when no administrator would remain
   */
  boolean deleteAccount(String id) {
    return keepingAnAdmin(
        handle -> {
          endLinks(handle, id);
          handle.execute("DELETE FROM account WHERE id = ?", id);
          handle.execute(
              "DELETE FROM session_grant WHERE subject = ? AND owner = 0", "account:" + id);
        });
  }

  /** Deletes all accounts. */
  void deleteAllAccounts() {
    database.write(
        handle -> {
          handle.execute("DELETE FROM account");
          handle.execute("DELETE FROM share_link WHERE created_by LIKE ?", Subject.account("%"));
        });
  }

  /** Changes a password, ends the account's sign-ins, and revokes its links. */
  void setPassword(String id, String hash) {
    database.write(
        handle -> {
          handle.execute("UPDATE account SET password = ? WHERE id = ?", hash, id);
          handle.execute("DELETE FROM sign_in WHERE account_id = ?", id);
          endLinks(handle, id);
        });
  }

  /** Stores a sign-in, and deletes expired ones and the oldest above the limit. */
  void insert(SignIn signIn, int mostOfAccount, Instant createdAfter, Instant seenAfter) {
    database.write(
        handle -> {
          handle.execute(
              "INSERT INTO sign_in (id, account_id, csrf, created_at, seen_at) VALUES (?, ?, ?, ?,"
                  + " ?)",
              signIn.id(),
              signIn.accountId(),
              signIn.csrf(),
              signIn.createdAt().toEpochMilli(),
              signIn.seenAt().toEpochMilli());
          handle.execute(
              "DELETE FROM sign_in WHERE created_at < ? OR seen_at < ?",
              createdAfter.toEpochMilli(),
              seenAfter.toEpochMilli());
          handle.execute(
              """
              DELETE FROM sign_in WHERE account_id = ? AND id NOT IN
                (SELECT id FROM sign_in WHERE account_id = ? ORDER BY created_at DESC LIMIT ?)
              """,
              signIn.accountId(),
              signIn.accountId(),
              mostOfAccount);
        });
  }

  void seen(String signIn, Instant now) {
    database.write(
        handle ->
            handle.execute(
                "UPDATE sign_in SET seen_at = ? WHERE id = ?", now.toEpochMilli(), signIn));
  }

  void deleteSignIn(String id) {
    database.write(handle -> handle.execute("DELETE FROM sign_in WHERE id = ?", id));
  }

  void insert(ApiKey key) {
    database.write(
        handle ->
            handle
                .createUpdate(
                    """
                    INSERT INTO api_key (id, name, role, hash, created_at, created_by, expires_at)
                    VALUES (:id, :name, :role, :hash, :createdAt, :createdBy, :expiresAt)
                    """)
                .bind("id", key.id())
                .bind("name", key.name())
                .bind("role", key.role().wireName())
                .bind("hash", key.hash().sha256())
                .bind("createdAt", key.createdAt().toEpochMilli())
                .bind("createdBy", key.createdBy())
                .bind("expiresAt", key.expiresAt().map(Instant::toEpochMilli))
                .execute());
  }

  void used(String key, Instant now) {
    database.write(
        handle ->
            handle.execute("UPDATE api_key SET used_at = ? WHERE id = ?", now.toEpochMilli(), key));
  }

  void deleteKey(String id) {
    database.write(
        handle -> {
          handle.execute("DELETE FROM api_key WHERE id = ?", id);
          handle.execute("DELETE FROM share_link WHERE created_by = ?", Subject.key(id));
        });
  }

  /** Deletes links; tokens are not stored, so the generation invalidates them. */
  private static void endLinks(Handle handle, String account) {
    handle.execute("UPDATE account SET generation = generation + 1 WHERE id = ?", account);
    handle.execute("DELETE FROM share_link WHERE created_by = ?", Subject.account(account));
  }

  private interface Change {
    void in(Handle handle);
  }

  private boolean keepingAnAdmin(Change change) {
    boolean[] kept = new boolean[1];
    database.write(
        handle -> {
          handle.savepoint("before");
          change.in(handle);
          kept[0] =
              handle
                  .createQuery("SELECT EXISTS (SELECT 1 FROM account WHERE role = 'admin')")
                  .mapTo(boolean.class)
                  .one();
          if (!kept[0]) {
            handle.rollbackToSavepoint("before");
          }
        });
    return kept[0];
  }

  private static Account account(ResultSet row) throws SQLException {
    return new Account(
        row.getString("id"),
        row.getString("name"),
        role(row),
        Optional.ofNullable(row.getString("password")),
        instant(row, "created_at").orElseThrow(),
        row.getInt("generation"));
  }

  private static SignIn signIn(ResultSet row) throws SQLException {
    return new SignIn(
        row.getString("id"),
        row.getString("account_id"),
        row.getString("csrf"),
        instant(row, "created_at").orElseThrow(),
        instant(row, "seen_at").orElseThrow());
  }

  private static ApiKey key(ResultSet row) throws SQLException {
    return new ApiKey(
        row.getString("id"),
        row.getString("name"),
        role(row),
        new KeyHash(row.getString("hash")),
        instant(row, "created_at").orElseThrow(),
        row.getString("created_by"),
        instant(row, "expires_at"),
        instant(row, "used_at"));
  }

  private static Role role(ResultSet row) throws SQLException {
    return Role.ofWireName(row.getString("role")).orElse(Role.MONITOR);
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }
}
