package framewise.engine.result;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * One client's place in a session's log. It reads forward in small pages, so a slow client costs
 * the memory of one page and holds nobody up. Used by one thread at a time; needs no closing.
 */
public final class Tap {
  private static final int PAGE = 100;

  /**
   * Events of several prompts have 20 KB each: a hundred of them for each of 400 clients fill a
   * heap.
   */
  private static final long PAGE_CHARACTERS = 32 << 10;

  private final ResultLog log;
  private final Queue<LoggedEvent> page = new ArrayDeque<>();
  private long since;
  private boolean restart;

  /**
   * @param restart whether it waits for the next start before its first event
   */
  Tap(ResultLog log, long since, boolean restart) {
    this.log = log;
    this.since = since;
    this.restart = restart;
  }

  /**
   * The next event.
   *
   * @param patience how long to wait for it
   * @return empty when the time ran out, or when {@link #isOver}
   */
  public Optional<LoggedEvent> next(Duration patience) throws InterruptedException {
    if (page.isEmpty() && log.awaitAfter(since, restart, patience.toNanos())) {
      page.addAll(log.after(since, PAGE, PAGE_CHARACTERS));
    }
    Optional<LoggedEvent> event = Optional.ofNullable(page.poll());
    event.ifPresent(
        taken -> {
          since = taken.seq();
          restart = false;
        });
    return event;
  }

  /** Whether the client has everything and the session is not running, or is deleted. */
  public boolean isOver() {
    return page.isEmpty() && log.isOver(since, restart);
  }
}
