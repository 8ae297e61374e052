package framewise.server.api;

import framewise.engine.result.LoggedEvent;
import framewise.engine.result.Partial;
import framewise.engine.result.Partials;
import framewise.engine.result.Tap;
import framewise.engine.session.Session;
import framewise.server.access.RecheckedPermission;
import framewise.server.http.Query;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/**
 * What one client is told of a session: its numbered events and, where it asked for them, answers
 * that are still being written. Used by one thread.
 */
final class EventFeed implements AutoCloseable {
  /** How often it is looked whether an answer has grown. */
  private static final Duration LOOK = Duration.ofMillis(50);

  /** How long a quiet session is waited for before it is looked whether the client may listen. */
  private static final Duration QUIET = Duration.ofSeconds(1);

  private final RecheckedPermission permission;
  private final Session session;
  private final Tap tap;
  private final Optional<Partials.Listener> partials;

  /**
   * What is to be sent next.
   *
   * @param seq the event's number; empty for what has none
   * @param json one object in one line
   */
  record Message(OptionalLong seq, String json) {}

  /**
   * @param partial as the request has it
   * @param permission whether the client may still listen
   * @throws framewise.engine.RefusedException when it is neither true nor false
   */
  EventFeed(Session session, Tap tap, Optional<String> partial, BooleanSupplier permission) {
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
   * @param patience how long to wait for it
   * @return empty when the time ran out, or when {@link #isOver}
   */
  Optional<Message> next(Duration patience) throws InterruptedException {
    long look = (partials.isPresent() ? LOOK : QUIET).toNanos();
    long deadline = System.nanoTime() + patience.toNanos();
    while (!isOver()) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        break;
      }
      Optional<LoggedEvent> event = tap.next(Duration.ofNanos(Math.min(left, look)));
      if (event.isPresent()) {
        return event.map(EventFeed::message);
      }
      Optional<Partial> partial = partials.flatMap(Partials.Listener::next);
      if (partial.isPresent()) {
        return partial.map(grown -> new Message(OptionalLong.empty(), grown.json(session.id())));
      }
    }
    return Optional.empty();
  }

  /** Whether the client has everything, and nothing more will come. */
  boolean isOver() {
    return tap.isOver() || isRevoked();
  }

  /** Whether the client may not listen any more. */
  boolean isRevoked() {
    return !permission.getAsBoolean();
  }

  @Override
  public void close() {
    partials.ifPresent(Partials.Listener::close);
  }

  private static Message message(LoggedEvent event) {
    return new Message(OptionalLong.of(event.seq()), event.json());
  }
}
