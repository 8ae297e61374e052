package framewise.engine.delivery;

import framewise.engine.cluster.Cluster;
import framewise.engine.notice.Notices;
import framewise.engine.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jdbi.v3.core.Handle;

/** Reads and writes deliveries in the database. Safe for any number of threads. */
final class DeliveryStore {
  static final String SELECT =
      "SELECT d.*, n.id AS message FROM delivery d JOIN notice n ON n.number = d.notice ";

  /** A delivery waits until the previous one of its subject is done. */
  private static final String IS_FIRST =
      """
      NOT EXISTS (SELECT 1 FROM delivery f WHERE f.endpoint_id = d.endpoint_id
        AND f.subject = d.subject AND f.state = 'waiting' AND f.notice < d.notice)
      """;

  /** A change dated further than this in the future means that the clock was set back. */
  private static final Duration SET_BACK = Duration.ofMinutes(1);

  private final Database database;
  private final Notices notices;

  DeliveryStore(Database database, Notices notices) {
    this.database = database;
    this.notices = notices;
  }

  /** Whether this node sends; in a cluster, only one node does. */
  boolean isSender() {
    return database.cluster().map(Cluster::leads).orElse(true);
  }

  /**
   * Gives up a delivery in favor of a newer one, which continues at its position in the retry
   * schedule.
   */
  void supersede(Handle handle, Delivery former, long by, Instant now) {
    handle.execute(
        "UPDATE delivery SET state = 'superseded', changed_at = ?, error = ? WHERE number = ?",
        now.toEpochMilli(),
        "Superseded by a newer notice of the same subject. Last failure: "
            + former.error().orElse("unknown"),
        former.number());
    handle
        .createUpdate(
            """
            UPDATE delivery SET step = CASE WHEN step > :step THEN step ELSE :step END,
              next_at = CASE WHEN next_at > :next THEN next_at ELSE :next END
            WHERE endpoint_id = :endpoint AND notice = :by
            """)
        .bind("step", former.step())
        .bind("next", former.nextAt().toEpochMilli())
        .bind("endpoint", former.endpoint())
        .bind("by", by)
        .execute();
  }

  /** Number of the next waiting notice of the same subject. */
  Optional<Long> newer(Handle handle, Delivery delivery) {
    return handle
        .createQuery(
            """
            SELECT min(notice) FROM delivery WHERE endpoint_id = :endpoint AND subject = :subject
              AND state = 'waiting' AND notice > :notice
            """)
        .bind("endpoint", delivery.endpoint())
        .bind("subject", delivery.subject())
        .bind("notice", delivery.notice())
        .mapTo(Long.class)
        .findOne();
  }

  /**
   * The next delivery that is due.
   *
   * @param testsOnly whether only tests of the endpoint are sent
   */
  Optional<Delivery> due(String endpoint, boolean testsOnly, Instant now) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    SELECT
                        + "WHERE d.endpoint_id = :endpoint AND d.state = 'waiting'"
                        + " AND (d.next_at <= :now OR d.changed_at > :setBack)"
                        + " AND (d.type LIKE 'test.%' OR :testsOnly = 0) AND "
                        + IS_FIRST
                        + " ORDER BY d.type LIKE 'test.%' DESC, d.notice LIMIT 1")
                .bind("endpoint", endpoint)
                .bind("now", now.toEpochMilli())
                .bind("setBack", now.plus(SET_BACK).toEpochMilli())
                .bind("testsOnly", testsOnly)
                .map((row, context) -> read(row))
                .findOne());
  }

  /** When the next delivery of an endpoint is due; empty where none waits. */
  Optional<Instant> nextDue(String endpoint) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT min(d.next_at) FROM delivery d WHERE d.endpoint_id = :endpoint"
                        + " AND d.state = 'waiting' AND "
                        + IS_FIRST)
                .bind("endpoint", endpoint)
                .mapTo(Long.class)
                .findOne()
                .map(Instant::ofEpochMilli));
  }

  /**
   * Stores the outcome of an attempt. A delivery that was given up in the meantime stays given up,
   * unless the attempt succeeded.
   */
  void setAttempt(
      Handle handle,
      Delivery delivery,
      DeliveryState state,
      int step,
      Instant nextAt,
      SendResult result,
      Instant now) {
    handle
        .createUpdate(
            """
            UPDATE delivery SET attempts = attempts + 1, step = :step, next_at = :next,
              changed_at = :now, status = :status, answer = :answer,
              error = CASE WHEN state = 'waiting' OR :state = 'delivered' THEN :error ELSE error END,
              state = CASE WHEN state = 'waiting' OR :state = 'delivered' THEN :state ELSE state END
            WHERE number = :number
            """)
        .bind("number", delivery.number())
        .bind("state", state.wireName())
        .bind("step", step)
        .bind("next", nextAt.toEpochMilli())
        .bind("now", now.toEpochMilli())
        .bind(
            "status",
            result.status().isPresent()
                ? Optional.of(result.status().getAsInt())
                : Optional.<Integer>empty())
        .bind("answer", state == DeliveryState.DELIVERED ? Optional.empty() : result.answer())
        .bind("error", result.error())
        .execute();
  }

  /** Turns an endpoint's waiting deliveries into dead letters, except tests. */
  int failWaiting(Handle handle, String endpoint, String reason, Instant now) {
    return handle.execute(
        """
        UPDATE delivery SET state = 'failed', changed_at = ?, error = coalesce(error || ' ', '') || ?
        WHERE endpoint_id = ? AND state = 'waiting' AND type NOT LIKE 'test.%'
        """,
        now.toEpochMilli(), reason, endpoint);
  }

  /** Queues a delivery again, from the start of the schedule. */
  void replay(Handle handle, long number, Instant now) {
    handle.execute(
        """
        UPDATE delivery SET state = 'waiting', step = 0, next_at = ?, changed_at = ?
        WHERE number = ?
        """,
        now.toEpochMilli(),
        now.toEpochMilli(),
        number);
  }

  /**
   * Queues again the deliveries given up since a time and, on request, those delivered, except
   * those about the given sessions.
   */
  int replaySince(
      Handle handle,
      String endpoint,
      Instant since,
      boolean delivered,
      List<String> without,
      Instant now) {
    return handle
        .createUpdate(
            """
            UPDATE delivery SET state = 'waiting', step = 0, next_at = :now, changed_at = :now
            WHERE endpoint_id = :endpoint AND type NOT LIKE 'test.%'
              AND (state IN ('failed', 'superseded') OR (state = 'delivered' AND :delivered = 1))
              AND notice IN (
                SELECT number FROM notice
                WHERE at >= :since AND coalesce(session_id, '') NOT IN (<without>))
            """)
        .bindList("without", without.isEmpty() ? List.of("-") : without)
        .bind("now", now.toEpochMilli())
        .bind("endpoint", endpoint)
        .bind("delivered", delivered ? 1 : 0)
        .bind("since", since.toEpochMilli())
        .execute();
  }

  /** The existing sessions that an endpoint's deliveries since a time are about. */
  List<String> sessionsSince(Handle handle, String endpoint, Instant since) {
    return handle
        .createQuery(
            """
            SELECT DISTINCT session.id FROM delivery
              JOIN notice ON notice.number = delivery.notice
              JOIN session ON session.id = notice.session_id
            WHERE delivery.endpoint_id = :endpoint AND notice.at >= :since
            """)
        .bind("endpoint", endpoint)
        .bind("since", since.toEpochMilli())
        .mapTo(String.class)
        .list();
  }

  /** The session, if it exists, that a delivery is about. */
  Optional<String> session(Handle handle, long delivery) {
    return handle
        .createQuery(
            """
            SELECT session.id FROM delivery
              JOIN notice ON notice.number = delivery.notice
              JOIN session ON session.id = notice.session_id
            WHERE delivery.number = :number
            """)
        .bind("number", delivery)
        .mapTo(String.class)
        .findOne();
  }

  Optional<Delivery> find(long number) {
    return database.read(handle -> find(handle, number));
  }

  Optional<Delivery> find(Handle handle, long number) {
    return handle
        .createQuery(SELECT + "WHERE d.number = :number")
        .bind("number", number)
        .map((row, context) -> read(row))
        .findOne();
  }

  /** The delivery of a notice to an endpoint. */
  Optional<Delivery> find(String endpoint, long notice) {
    return database.read(
        handle ->
            handle
                .createQuery(SELECT + "WHERE d.endpoint_id = :endpoint AND d.notice = :notice")
                .bind("endpoint", endpoint)
                .bind("notice", notice)
                .map((row, context) -> read(row))
                .findOne());
  }

  /**
   * A page of deliveries, newest first.
   *
   * @param endpoints ids whose deliveries to include
   * @param before only deliveries with a smaller number
   */
  List<Delivery> page(
      List<String> endpoints, Optional<DeliveryState> state, long before, int limit) {
    if (endpoints.isEmpty()) {
      return List.of();
    }
    return database.read(
        handle ->
            handle
                .createQuery(
                    SELECT
                        + "WHERE d.endpoint_id IN (<endpoints>) AND d.number < :before"
                        + " AND (CAST(:state AS TEXT) IS NULL OR d.state = :state)"
                        + " ORDER BY d.number DESC LIMIT :limit")
                .bindList("endpoints", endpoints)
                .bind("before", before)
                .bind("state", state.map(DeliveryState::wireName))
                .bind("limit", limit)
                .map((row, context) -> read(row))
                .list());
  }

  /** Waiting deliveries of all endpoints. */
  DeliveryCounts.Backlog backlog() {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT count(*) AS waiting, min(created_at) AS oldest FROM delivery WHERE"
                        + " state = 'waiting'")
                .map(
                    (row, context) ->
                        new DeliveryCounts.Backlog(
                            row.getInt("waiting"),
                            row.getInt("waiting") == 0
                                ? Optional.empty()
                                : Optional.of(Instant.ofEpochMilli(row.getLong("oldest")))))
                .one());
  }

  /**
   * Removes notices older than a time, with their deliveries, unless a delivery is still waiting.
   */
  int sweep(Instant before) {
    long needed =
        database.read(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT min(needed) FROM (
                          SELECT min(notice) AS needed FROM delivery WHERE state = 'waiting'
                          UNION ALL SELECT min(after_notice) + 1 FROM endpoint) AS either
                        """)
                    .mapTo(Long.class)
                    .findOne()
                    .orElse(Long.MAX_VALUE));
    return notices.removeBefore(before, needed);
  }

  static Delivery read(ResultSet row) throws SQLException {
    int status = row.getInt("status");
    boolean none = row.wasNull();
    return new Delivery(
        row.getLong("number"),
        row.getString("endpoint_id"),
        row.getLong("notice"),
        row.getString("message"),
        row.getString("subject"),
        row.getString("type"),
        DeliveryState.ofWireName(row.getString("state")).orElseThrow(),
        row.getInt("attempts"),
        row.getInt("step"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        Instant.ofEpochMilli(row.getLong("next_at")),
        Instant.ofEpochMilli(row.getLong("changed_at")),
        none ? OptionalInt.empty() : OptionalInt.of(status),
        Optional.ofNullable(row.getString("answer")),
        Optional.ofNullable(row.getString("error")));
  }
}
