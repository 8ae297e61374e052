package framewise.server.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import framewise.engine.result.LoggedEvent;
import framewise.engine.result.Partial;
import framewise.engine.result.Partials;
import framewise.engine.result.ResultLog.StoreTime;
import framewise.engine.result.Tap;
import framewise.engine.session.Session;
import framewise.server.access.RecheckedPermission;
import framewise.server.http.Query;
import framewise.time.Deadline;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/**
 * Messages for one client of a session: numbered events and, on request, partial answers and how
 * long each new result took to be stored and sent. Used by one thread.
 */
final class EventFeed implements AutoCloseable {
  /** Interval between checks whether a partial answer has grown. */
  private static final Duration PARTIAL_INTERVAL = Duration.ofMillis(50);

  /** Interval between checks whether the client may still listen, while the session is quiet. */
  private static final Duration PERMISSION_INTERVAL = Duration.ofSeconds(1);

  private final RecheckedPermission permission;
  private final Session session;
  private final Tap tap;
  private final Optional<Partials.Listener> partials;
  private final boolean timings;
  private final long openedNanos;

  /** A new result that was handed to the client and is not reported yet. */
  private Optional<LoggedEvent> sent = Optional.empty();

  /**
   * Message to send; the next one is asked for once it was sent.
   *
   * @param seq the event's number; empty for messages without one
   * @param json one object on one line
   */
  record Message(OptionalLong seq, String json) {}

  /**
   * @param partial the request's parameter
   * @param timings the request's parameter
   * @param permission whether the client may still listen
   * @throws framewise.engine.RefusedException when a parameter is neither true nor false
   */
  EventFeed(
      Session session,
      Tap tap,
      Optional<String> partial,
      Optional<String> timings,
      BooleanSupplier permission) {
    this.timings = Query.flag("timings", timings).orElse(false);
    this.openedNanos = session.log().nanos();
    this.permission = new RecheckedPermission(permission);
    this.session = session;
    this.tap = tap;
    this.partials =
        Query.flag("partial", partial).orElse(false)
            ? Optional.of(session.partials().listen())
            : Optional.empty();
  }

  /**
   * The next message.
   *
   * @param patience maximum wait for it
   * @return empty on timeout, or when {@link #isOver}
   */
  Optional<Message> next(Duration patience) throws InterruptedException {
    long look = (partials.isPresent() ? PARTIAL_INTERVAL : PERMISSION_INTERVAL).toNanos();
    Deadline deadline = Deadline.after(patience);
    Optional<Message> delivered = sent.flatMap(this::delivered);
    sent = Optional.empty();
    if (delivered.isPresent()) {
      return delivered;
    }
    while (!isOver()) {
      long left = deadline.left().toNanos();
      if (left <= 0) {
        break;
      }
      Optional<LoggedEvent> event = tap.next(Duration.ofNanos(Math.min(left, look)));
      if (event.isPresent()) {
        sent = event.filter(one -> timings && one.type().equals("result"));
        return event.map(EventFeed::message);
      }
      Optional<Partial> partial = partials.flatMap(Partials.Listener::next);
      if (partial.isPresent()) {
        return partial.map(grown -> new Message(OptionalLong.empty(), grown.json(session.id())));
      }
    }
    return Optional.empty();
  }

  /** Whether the client has all messages, and no more will come. */
  boolean isOver() {
    return tap.isOver() || isRevoked();
  }

  /** Whether the client's permission has ended. */
  boolean isRevoked() {
    return !permission.getAsBoolean();
  }

  @Override
  public void close() {
    partials.ifPresent(Partials.Listener::close);
  }

  /** Reports a result that was stored since the client connected. */
  private Optional<Message> delivered(LoggedEvent result) {
    return session
        .log()
        .storeTime(result.seq())
        .filter(stored -> stored.committed() >= openedNanos)
        .map(stored -> new Message(OptionalLong.empty(), json(result.seq(), stored)));
  }

  private String json(long seq, StoreTime stored) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", "delivered")
        .put("session_id", session.id().toString())
        .put("result_seq", seq)
        .put("store_ms", millis(stored.committed() - stored.began()))
        .put("deliver_ms", millis(session.log().nanos() - stored.committed()))
        .toString();
  }

  /** Milliseconds with one decimal. */
  private static double millis(long nanos) {
    return Math.round(nanos / 100_000.0) / 10.0;
  }

  private static Message message(LoggedEvent event) {
    return new Message(OptionalLong.of(event.seq()), event.json());
  }
}
