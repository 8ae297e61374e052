package framewise.engine.endpoint;

import framewise.engine.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** Reads and writes endpoints in the database. Safe for any number of threads. */
public final class EndpointStore {
  /** Each entry migrates the table from its index to the next version; never change one. */
  private static final List<String> STEPS =
      List.of(
          """
          CREATE TABLE endpoint (
            id TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            kind TEXT NOT NULL,
            address TEXT NOT NULL,
            options TEXT NOT NULL,
            secrets TEXT NOT NULL,
            types TEXT NOT NULL,
            enabled INTEGER NOT NULL,
            state TEXT NOT NULL,
            reason TEXT,
            owner TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            after_notice INTEGER NOT NULL,
            failures INTEGER NOT NULL,
            failing_since INTEGER,
            paused_until INTEGER
          ) STRICT;
          """);

  private final Database database;

  /** Updates the schema. The table of notices must exist. */
  public EndpointStore(Database database) {
    database.extend("endpoint", STEPS);
    this.database = database;
  }

  /**
   * Stores a new endpoint. It gets the notices stored from now on.
   *
   * @param most maximum number of endpoints
   * @param mostOfOwner maximum number of those with the same owner
   * @return false when a maximum is reached already
   */
  public boolean insert(Endpoint endpoint, int most, int mostOfOwner) {
    var rows = new int[1];
    database.write(
        handle ->
            rows[0] =
                bind(
                        handle.createUpdate(
                            """
                            INSERT INTO endpoint (id, name, kind, address, options, secrets, types,
                              enabled, state, reason, owner, created_at, after_notice, failures)
                            SELECT :id, :name, :kind, :address, :options, :secrets, :types,
                              :enabled, :state, :reason, :owner, :createdAt,
                              (SELECT coalesce(max(number), 0) FROM notice), 0
                            WHERE (SELECT count(*) FROM endpoint) < :most
                              AND (SELECT count(*) FROM endpoint WHERE owner = :owner) < :mostOfOwner
                            """),
                        endpoint)
                    .bind("kind", endpoint.kind().wireName())
                    .bind("state", endpoint.state().wireName())
                    .bind("reason", endpoint.reason())
                    .bind("owner", endpoint.owner())
                    .bind("createdAt", endpoint.createdAt().toEpochMilli())
                    .bind("most", most)
                    .bind("mostOfOwner", mostOfOwner)
                    .execute());
    return rows[0] == 1;
  }

  /** Stores a person's changes; {@code reset} also resets its health. */
  public void update(Handle handle, Endpoint endpoint, boolean reset) {
    bind(
            handle.createUpdate(
                """
                UPDATE endpoint SET name = :name, address = :address, options = :options,
                  secrets = :secrets, types = :types, enabled = :enabled,
                  state = CASE WHEN :reset = 1 THEN 'active' ELSE state END,
                  reason = CASE WHEN :reset = 1 THEN NULL ELSE reason END,
                  failures = CASE WHEN :reset = 1 THEN 0 ELSE failures END,
                  failing_since = CASE WHEN :reset = 1 THEN NULL ELSE failing_since END,
                  paused_until = CASE WHEN :reset = 1 THEN NULL ELSE paused_until END
                WHERE id = :id
                """),
            endpoint)
        .bind("reset", reset)
        .execute();
  }

  /** Stores an endpoint's health after an attempt. */
  public void setHealth(
      Handle handle,
      String id,
      EndpointState state,
      Optional<String> reason,
      int failures,
      Optional<Instant> failingSince,
      Optional<Instant> pausedUntil) {
    handle
        .createUpdate(
            """
            UPDATE endpoint SET state = :state, reason = :reason, failures = :failures,
              failing_since = :since, paused_until = :until WHERE id = :id
            """)
        .bind("id", id)
        .bind("state", state.wireName())
        .bind("reason", reason)
        .bind("failures", failures)
        .bind("since", failingSince.map(Instant::toEpochMilli))
        .bind("until", pausedUntil.map(Instant::toEpochMilli))
        .execute();
  }

  /** Deletes an endpoint with its deliveries. */
  public void delete(String id) {
    database.write(handle -> handle.execute("DELETE FROM endpoint WHERE id = ?", id));
  }

  /** The endpoint with this id. */
  public Optional<Endpoint> find(String id) {
    return database.read(handle -> find(handle, id));
  }

  /** Like {@link #find(String)}, in the caller's transaction. */
  public Optional<Endpoint> find(Handle handle, String id) {
    return handle
        .createQuery("SELECT * FROM endpoint WHERE id = :id")
        .bind("id", id)
        .map((row, context) -> read(row))
        .findOne();
  }

  /** All endpoints, oldest first. */
  public List<Endpoint> all() {
    return database.read(this::all);
  }

  /** Like {@link #all()}, in the caller's transaction. */
  public List<Endpoint> all(Handle handle) {
    return handle
        .createQuery("SELECT * FROM endpoint ORDER BY created_at, id")
        .map((row, context) -> read(row))
        .list();
  }

  private static Update bind(Update update, Endpoint endpoint) {
    return update
        .bind("id", endpoint.id())
        .bind("name", endpoint.name())
        .bind("address", endpoint.address().whole())
        .bind("options", EndpointJson.write(endpoint.options()))
        .bind("secrets", EndpointJson.write(endpoint.secrets()))
        .bind("types", EndpointJson.write(endpoint.types()))
        .bind("enabled", endpoint.enabled());
  }

  private static Endpoint read(ResultSet row) throws SQLException {
    EndpointKind kind = EndpointKind.ofWireName(row.getString("kind")).orElseThrow();
    return new Endpoint(
        row.getString("id"),
        row.getString("name"),
        kind,
        EndpointAddress.parse(kind, row.getString("address")),
        EndpointJson.options(row.getString("options")),
        EndpointJson.secrets(row.getString("secrets")),
        EndpointJson.types(row.getString("types")),
        row.getBoolean("enabled"),
        EndpointState.ofWireName(row.getString("state")),
        Optional.ofNullable(row.getString("reason")),
        row.getString("owner"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        row.getInt("failures"),
        time(row, "failing_since"),
        time(row, "paused_until"));
  }

  private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
    @Nullable Object value = row.getObject(column);
    return value == null
        ? Optional.empty()
        : Optional.of(Instant.ofEpochMilli(((Number) value).longValue()));
  }
}
