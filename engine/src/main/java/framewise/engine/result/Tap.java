package framewise.engine.result;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * One client's position in a session's log. Reads forward in small pages, so a slow client costs
 * the memory of one page and delays nobody. Used by one thread at a time; needs no closing.
 */
public final class Tap {
  private static final int PAGE = 100;

  /**
   * Maximum size of a page, in characters. Events of sessions with several prompts can have 20 KB
   * each; a hundred of them for each of 400 clients would fill the heap.
   */
  private static final long PAGE_CHARACTERS = 32 << 10;

  private final ResultLog log;
  private final Queue<LoggedEvent> page = new ArrayDeque<>();
  private long since;
  private boolean restart;

  /** Whether the log has more than the page that was read last. */
  private boolean behind;

  /**
   * @param restart whether to wait for the next start before the first event
   */
  Tap(ResultLog log, long since, boolean restart) {
    this.log = log;
    this.since = since;
    this.restart = restart;
  }

  /**
   * The next event.
   *
   * @param patience maximum wait
   * @return empty on timeout, or when {@link #isOver}
   */
  public Optional<LoggedEvent> next(Duration patience) throws InterruptedException {
    if (page.isEmpty() && log.awaitAfter(since, restart, patience.toNanos())) {
      LogPage read = log.after(since, PAGE, PAGE_CHARACTERS, behind);
      page.addAll(read.events());
      behind = read.more();
    }
    Optional<LoggedEvent> event = Optional.ofNullable(page.poll());
    event.ifPresent(
        taken -> {
          since = taken.seq();
          restart = false;
        });
    return event;
  }

  /** Whether the client has all events, and the session is not running or is deleted. */
  public boolean isOver() {
    return page.isEmpty() && log.isOver(since, restart);
  }
}
