package framewise.engine.result;

import java.util.List;

/**
 * A page of a session's log, limited in number and in size.
 *
 * @param events oldest first
 * @param more whether there are events after them already
 */
public record LogPage(List<LoggedEvent> events, boolean more) {
  /**
   * Size of a page in characters: it ends with the event that reaches it. An event has up to about
   * a million.
   */
  public static final long MOST_CHARACTERS = 1 << 20;

  public LogPage {
    events = List.copyOf(events);
  }
}
