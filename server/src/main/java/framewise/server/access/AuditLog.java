package framewise.server.access;

import framewise.engine.store.Database;
import framewise.time.WallClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Record of who did what, when, and from where. Keeps the newest 100,000 entries, for at most 400
 * days. Safe for any number of threads.
 */
public final class AuditLog {
  private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
  private static final int MAX_COUNT = 100_000;
  private static final Duration MAX_AGE = Duration.ofDays(400);
  private static final int SWEEP_EVERY = 500;

  private final Database database;
  private final WallClock clock;

  AuditLog(Database database, WallClock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Recorded action.
   *
   * @param who name of the actor
   * @param kind how the actor was authenticated
   * @param action the call, such as {@code DELETE /sessions/{session_id}}
   * @param target the session, account or key concerned; empty for none
   * @param status of the response
   */
  public record Entry(
      long id,
      Instant at,
      String who,
      String kind,
      String address,
      String action,
      String target,
      int status) {}

  /** Records an action. If that fails, writes it to the service's log. */
  public void record(Caller caller, String who, String action, String target, int status) {
    LOG.info(
        "audit: {} ({}) from {}: {} {} -> {}",
        who,
        caller.kind().wireName(),
        caller.address(),
        action,
        target,
        status);
    try {
      database.write(
          handle -> {
            handle.execute(
                "INSERT INTO audit (at, who, kind, address, action, target, status) VALUES (?, ?,"
                    + " ?, ?, ?, ?, ?)",
                clock.now().toEpochMilli(),
                who,
                caller.kind().wireName(),
                caller.address(),
                action,
                target,
                status);
            long newest = handle.createQuery("SELECT max(id) FROM audit").mapTo(Long.class).one();
            if (newest % SWEEP_EVERY == 0) {
              handle.execute(
                  "DELETE FROM audit WHERE id <= ? OR at < ?",
                  newest - MAX_COUNT,
                  clock.now().minus(MAX_AGE).toEpochMilli());
            }
          });
    } catch (RuntimeException e) {
      LOG.warn("The audit log cannot be written: {}", e.toString());
    }
  }

  /** Lower-cases ASCII only, as the database does. */
  private static String escaped(String filter) {
    return filter
        .chars()
        .mapToObj(
            c ->
                c == '!' || c == '%' || c == '_'
                    ? "!" + (char) c
                    : String.valueOf((char) (c >= 'A' && c <= 'Z' ? c + 32 : c)))
        .collect(Collectors.joining());
  }

  /**
   * Reads a page, the newest first.
   *
   * @param before returns only entries with a lower number
   * @param filter returns only entries that contain this text, in any case, in name, address,
   *     action or target, or that have this status; empty for all
   */
  public List<Entry> page(long before, int limit, String filter) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT * FROM audit WHERE id < :before AND (:filter = ''
                      OR lower(who || :line || address || :line || action || :line || target)
                        LIKE :part ESCAPE '!'
                      OR CAST(status AS TEXT) = :filter)
                    ORDER BY id DESC LIMIT :limit
                    """)
                .bind("before", before)
                .bind("filter", filter)
                .bind("line", "\n")
                .bind("part", "%" + escaped(filter) + "%")
                .bind("limit", limit)
                .map(
                    (row, context) ->
                        new Entry(
                            row.getLong("id"),
                            Instant.ofEpochMilli(row.getLong("at")),
                            row.getString("who"),
                            row.getString("kind"),
                            row.getString("address"),
                            row.getString("action"),
                            row.getString("target"),
                            row.getInt("status")))
                .list());
  }
}
