package framewise.server.access.attempt;

import framewise.engine.store.Database;
import framewise.server.access.secret.KeyHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * Failed sign-in attempts on all nodes, stored in PostgreSQL and timed by its clock. Keys are
 * stored as hashes.
 */
public final class SharedAttempts implements AttemptCounts {
  private static final long FORGOTTEN_MS = TimeUnit.HOURS.toMillis(1);
  private static final int MAX_KEPT = 10_000;

  private final Database database;

  public SharedAttempts(Database database) {
    this.database = database;
  }

  @Override
  public <T> T of(String sender, Function<CountAccess, T> steps) {
    List<T> made = new ArrayList<>();
    database.write(
        handle -> {
          handle.execute("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))", hash(sender));
          made.clear();
          made.add(steps.apply(new Rows(handle)));
        });
    return made.getFirst();
  }

  private static String hash(String key) {
    return KeyHash.of(key).sha256();
  }

  private record Rows(Handle handle) implements CountAccess {
    @Override
    public long now() {
      return TimeUnit.MILLISECONDS.toNanos(
          handle
              .createQuery("SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint")
              .mapTo(long.class)
              .one());
    }

    @Override
    public Optional<Count> find(String key) {
      return handle
          .createQuery("SELECT attempts, last_at FROM sign_in_attempt WHERE key = :key")
          .bind("key", hash(key))
          .map(
              (row, context) ->
                  new Count(
                      row.getInt("attempts"),
                      TimeUnit.MILLISECONDS.toNanos(row.getLong("last_at"))))
          .findOne();
    }

    @Override
    public void put(String key, Count count) {
      long last = TimeUnit.NANOSECONDS.toMillis(count.last());
      handle.execute(
          """
          INSERT INTO sign_in_attempt (key, attempts, last_at) VALUES (?, ?, ?)
          ON CONFLICT (key) DO UPDATE SET attempts = excluded.attempts, last_at = excluded.last_at
          """,
          hash(key),
          count.attempts(),
          last);
      handle.execute(
          """
          DELETE FROM sign_in_attempt WHERE last_at < ? OR last_at <
            (SELECT last_at FROM sign_in_attempt ORDER BY last_at DESC OFFSET ? LIMIT 1)
          """,
          last - FORGOTTEN_MS,
          MAX_KEPT);
    }

    @Override
    public void remove(String key) {
      handle.execute("DELETE FROM sign_in_attempt WHERE key = ?", hash(key));
    }
  }
}
