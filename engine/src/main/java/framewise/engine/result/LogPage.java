package framewise.engine.result;

import java.util.List;

/**
 * A page of a session's log, limited in number of events and in size.
 *
 * @param events oldest first
 * @param more whether the log has further events
 */
public record LogPage(List<LoggedEvent> events, boolean more) {
  /**
   * Maximum size of a page, in characters. The page ends with the event that reaches it; an event
   * has up to about a million characters.
   */
  public static final long MAX_CHARACTERS = 1 << 20;

  public LogPage {
    events = List.copyOf(events);
  }
}
