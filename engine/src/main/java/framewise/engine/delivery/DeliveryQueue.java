package framewise.engine.delivery;

import framewise.engine.SessionId;
import framewise.engine.endpoint.Endpoint;
import framewise.engine.notice.Notice;
import framewise.engine.notice.Notices;
import framewise.engine.store.Database;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Turns notices into deliveries. Each endpoint has a position in the outbox, which advances in the
 * transaction that queues the deliveries. Safe for any number of threads.
 */
final class DeliveryQueue {
  private final Database database;
  private final Notices notices;
  private final DeliveryStore store;
  private final DeliveryCounts counts;

  DeliveryQueue(Database database, Notices notices, DeliveryStore store, DeliveryCounts counts) {
    this.database = database;
    this.notices = notices;
    this.store = store;
    this.counts = counts;
  }

  /** Whether some endpoint has notices that are not queued yet. */
  boolean hasNews() {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT coalesce((SELECT max(number) FROM notice), 0)
                      > coalesce((SELECT min(after_notice) FROM endpoint), 9223372036854775807)
                    """)
                .mapTo(boolean.class)
                .one());
  }

  /**
   * Queues new notices for an endpoint, in the caller's transaction.
   *
   * @param audience decides which sessions the endpoint's owner may see
   * @return whether there may be more
   */
  boolean queue(Handle handle, Endpoint endpoint, Audience audience, Instant now) {
    long after =
        handle
            .createQuery("SELECT after_notice FROM endpoint WHERE id = :id")
            .bind("id", endpoint.id())
            .mapTo(Long.class)
            .one();
    List<Notice> fresh = notices.after(handle, after, Notices.MAX_CONCURRENT);
    Audience remembered = remembered(audience);
    for (Notice notice : fresh) {
      if (isFor(notice, endpoint, remembered)) {
        queue(handle, endpoint, notice, now);
      }
    }
    if (!fresh.isEmpty()) {
      handle.execute(
          "UPDATE endpoint SET after_notice = ? WHERE id = ?",
          fresh.getLast().number(),
          endpoint.id());
    }
    return fresh.size() == Notices.MAX_CONCURRENT;
  }

  /** Caches decisions by session, because a thousand notices may be about the same one. */
  private static Audience remembered(Audience audience) {
    Map<SessionId, Boolean> known = new HashMap<>();
    return new Audience() {
      @Override
      public boolean sees(String owner, SessionId session) {
        return known.computeIfAbsent(session, id -> audience.sees(owner, id));
      }

      @Override
      public boolean seesAll(String owner) {
        return audience.seesAll(owner);
      }
    };
  }

  /** Whether an endpoint gets a notice. */
  static boolean isFor(Notice notice, Endpoint endpoint, Audience audience) {
    boolean named =
        notice.content().endpoints().map(ids -> ids.contains(endpoint.id())).orElse(true);
    return named
        && endpoint.takes(notice.content().type())
        && notice
            .content()
            .session()
            .map(session -> audience.sees(endpoint.owner(), session))
            .orElseGet(
                () ->
                    notice.content().endpoints().isPresent() || audience.seesAll(endpoint.owner()));
  }

  /** Queues one notice, and gives up older notices of its subject that are waiting for a retry. */
  void queue(Handle handle, Endpoint endpoint, Notice notice, Instant now) {
    String type = notice.content().type();
    if (!endpoint.isOn() && !Delivery.isTest(type)) {
      if (endpoint.enabled()) {
        insert(
            handle,
            endpoint,
            notice,
            DeliveryState.FAILED,
            Optional.of("The endpoint is disabled."),
            now);
      }
      return;
    }
    insert(handle, endpoint, notice, DeliveryState.WAITING, Optional.empty(), now);
    for (Delivery former : retriedBefore(handle, endpoint.id(), notice)) {
      store.supersede(handle, former, notice.number(), now);
      handle.afterCommit(() -> counts.add(DeliveryCounts.Outcome.SUPERSEDED, 1));
    }
  }

  private static void insert(
      Handle handle,
      Endpoint endpoint,
      Notice notice,
      DeliveryState state,
      Optional<String> error,
      Instant now) {
    handle
        .createUpdate(
            """
            INSERT INTO delivery (endpoint_id, notice, subject, type, state, attempts, step,
              created_at, next_at, changed_at, error)
            VALUES (:endpoint, :notice, :subject, :type, :state, 0, 0, :now, :now, :now, :error)
            ON CONFLICT DO NOTHING
            """)
        .bind("endpoint", endpoint.id())
        .bind("notice", notice.number())
        .bind("subject", notice.content().subject())
        .bind("type", notice.content().type())
        .bind("state", state.wireName())
        .bind("now", now.toEpochMilli())
        .bind("error", error)
        .execute();
  }

  private static List<Delivery> retriedBefore(Handle handle, String endpoint, Notice notice) {
    return handle
        .createQuery(
            DeliveryStore.SELECT
                + """
                WHERE d.endpoint_id = :endpoint AND d.subject = :subject AND d.state = 'waiting'
                  AND d.notice < :notice AND d.attempts > 0
                """)
        .bind("endpoint", endpoint)
        .bind("subject", notice.content().subject())
        .bind("notice", notice.number())
        .map((row, context) -> DeliveryStore.read(row))
        .filter(former -> Delivery.isLive(former.type()))
        .list();
  }

  /**
   * Queues notices since a time that were never queued for an endpoint, for example because it was
   * off.
   */
  int queueMissing(
      Handle handle, Endpoint endpoint, Audience audience, Instant since, Instant now) {
    long upTo =
        handle
            .createQuery("SELECT after_notice FROM endpoint WHERE id = :id")
            .bind("id", endpoint.id())
            .mapTo(Long.class)
            .one();
    List<Long> missing =
        handle
            .createQuery(
                """
                SELECT number FROM notice WHERE at >= :since AND number <= :upTo
                  AND type NOT LIKE 'test.%'
                  AND number NOT IN (SELECT notice FROM delivery WHERE endpoint_id = :id)
                ORDER BY number LIMIT 10000
                """)
            .bind("since", since.toEpochMilli())
            .bind("upTo", upTo)
            .bind("id", endpoint.id())
            .mapTo(Long.class)
            .list();
    Audience remembered = remembered(audience);
    int queued = 0;
    for (long number : missing) {
      for (Notice notice : notices.after(handle, number - 1, 1)) {
        if (isFor(notice, endpoint, remembered)) {
          insert(handle, endpoint, notice, DeliveryState.WAITING, Optional.empty(), now);
          queued++;
        }
      }
    }
    return queued;
  }
}
