package framewise.server.access;

import framewise.engine.WallClock;
import framewise.engine.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who did what, when, and from where. The newest 100,000 entries are kept, for 400 days at most.
 * Safe for any number of threads.
 */
public final class AuditLog {
  private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
  private static final int MOST = 100_000;
  private static final Duration LONGEST = Duration.ofDays(400);
  private static final int SWEEP_EVERY = 500;

  private final Database database;
  private final WallClock clock;

  AuditLog(Database database, WallClock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Something that was done.
   *
   * @param who by name
   * @param kind how they had proven who they are
   * @param action the call, such as {@code DELETE /sessions/{session_id}}
   * @param target the session, account or key concerned; empty for none
   * @param status of the answer
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

  /** Notes down what was done. Where that is not possible the log of the service has it. */
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
                  newest - MOST,
                  clock.now().minus(LONGEST).toEpochMilli());
            }
          });
    } catch (RuntimeException e) {
      LOG.warn("The audit log cannot be written: {}", e.toString());
    }
  }

  /**
   * A page, the newest first.
   *
   * @param before only those with a lower number
   * @param filter only those with this text, in any case, in their name, address, action or target,
   *     or with this status; empty for all
   */
  public List<Entry> page(long before, int limit, String filter) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT * FROM audit WHERE id < :before AND (:filter = ''
                      OR instr(lower(who || char(10) || address || char(10) || action || char(10)
                        || target), lower(:filter)) > 0
                      OR CAST(status AS TEXT) = :filter)
                    ORDER BY id DESC LIMIT :limit
                    """)
                .bind("before", before)
                .bind("filter", filter)
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
