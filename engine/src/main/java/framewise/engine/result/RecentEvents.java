package framewise.engine.result;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The newest stored events of a session in memory, without gaps. Clients that keep up get them from
 * here, because each read of the database costs a millisecond. Guarded by the lock of its log.
 */
final class RecentEvents {
  /** Maximum size of all its events, in characters. */
  private static final int MAX_CHARACTERS = 32 << 10;

  private final Deque<LoggedEvent> events = new ArrayDeque<>();
  private int characters;

  /** Adds a stored event. One that does not continue the others replaces them. */
  void add(LoggedEvent event) {
    if (!events.isEmpty() && events.getLast().seq() != event.seq() - 1) {
      clear();
    }
    events.add(event);
    characters += event.json().length();
    while (characters > MAX_CHARACTERS) {
      characters -= events.remove().json().length();
    }
  }

  void clear() {
    events.clear();
    characters = 0;
  }

  /**
   * All events after {@code since} up to {@code last}.
   *
   * @param limit maximum number of events
   * @param most maximum size, in characters
   * @return empty if one of them is missing here, or they may exceed a limit
   */
  Optional<LogPage> between(long since, long last, int limit, long most) {
    boolean whole =
        !events.isEmpty()
            && events.getFirst().seq() <= since + 1
            && events.getLast().seq() == last
            && last - since <= limit
            && characters <= most;
    return whole
        ? Optional.of(
            new LogPage(events.stream().filter(event -> event.seq() > since).toList(), false))
        : Optional.empty();
  }
}
