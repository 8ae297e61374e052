package framewise.engine.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import framewise.engine.SessionId;
import framewise.engine.store.Database;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;

/** Deletes the oldest events of a session, in steps that block other writers only briefly. */
public final class EventSweep {
  private static final ObjectMapper JSON = new ObjectMapper();

  private EventSweep() {}

  /**
   * Deletes a session's oldest events, regardless of age.
   *
   * @return number of deleted events, at most {@code limit}
   */
  public static int deleteOldest(Database database, SessionId session, int limit) {
    return deleteBefore(database, session, Long.MAX_VALUE, limit);
  }

  /**
   * Deletes a session's oldest events.
   *
   * @param before number of the first event to keep
   * @return number of deleted events, at most {@code limit}
   */
  public static int deleteBefore(Database database, SessionId session, long before, int limit) {
    var deleted = new AtomicInteger();
    database.writeFromReserve(
        handle -> {
          deleted.set(
              handle
                  .createUpdate(
                      """
                      DELETE FROM event WHERE session_id = :session AND seq < :before AND seq IN (
                        SELECT seq FROM event WHERE session_id = :session ORDER BY seq LIMIT :limit)
                      """)
                  .bind("session", session.toString())
                  .bind("before", before)
                  .bind("limit", limit)
                  .execute());
          if (deleted.get() > 0) {
            AnswerIndex.deleteBefore(
                handle, session, oldest(handle, session).orElse(Long.MAX_VALUE));
          }
        });
    return deleted.get();
  }

  /** Deletes the search index of a session that is deleted in this transaction. */
  public static void forget(Handle handle, SessionId session) {
    AnswerIndex.deleteBefore(handle, session, Long.MAX_VALUE);
  }

  /** Number of the oldest stored event; empty where there is none. */
  public static Optional<Long> oldest(Database database, SessionId session) {
    return database.read(handle -> oldest(handle, session));
  }

  private static Optional<Long> oldest(Handle handle, SessionId session) {
    return handle
        .createQuery("SELECT min(seq) FROM event WHERE session_id = :session")
        .bind("session", session.toString())
        .mapTo(Long.class)
        .findOne();
  }

  /**
   * Number of the first event at or after a moment. Uses binary search, because events are stored
   * in chronological order.
   *
   * @return one more than the newest event's number when all events are older
   */
  public static long firstSince(
      Database database, SessionId session, long oldest, long newest, Instant moment) {
    var store = new EventStore(session, database);
    long low = oldest;
    long high = newest + 1;
    while (low < high) {
      long middle = (low + high) >>> 1;
      List<LoggedEvent> found = store.after(middle - 1, 1, LogPage.MAX_CHARACTERS).events();
      if (found.isEmpty() || !at(found.getFirst()).isBefore(moment)) {
        high = middle;
      } else {
        low = found.getFirst().seq() + 1;
      }
    }
    return Math.min(low, newest + 1);
  }

  private static Instant at(LoggedEvent event) {
    try {
      return Instant.parse(JSON.readTree(event.json()).path("at").asText());
    } catch (JsonProcessingException | DateTimeException damaged) {
      return Instant.EPOCH;
    }
  }
}
