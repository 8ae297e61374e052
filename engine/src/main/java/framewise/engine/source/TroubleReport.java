package framewise.engine.source;

import framewise.engine.WallClock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What is told of attempts that fail, so that months of it do not fill a log: each of them, until
 * the same was told ten times; from then on all ten minutes, with how many there were. What was not
 * heard for ten minutes counts from the beginning. Used by one thread.
 */
final class TroubleReport {
  private static final int TOLD_EACH = 10;
  private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(10);
  private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final WallClock clock;
  private final Map<String, Repeated> heard = new HashMap<>();

  /** Whether the last that was told is a trouble. */
  private boolean down;

  /** One trouble: how often it was told, and what was not since. */
  private static final class Repeated {
    private int told;
    private long untold;
    private long toldNanos;
    private long heardNanos;
  }

  TroubleReport(WallClock clock) {
    this.clock = clock;
  }

  /**
   * An attempt failed.
   *
   * @param trouble why, in a sentence; the same trouble has the same words
   * @param next another sentence, told with those that are told one by one
   * @return what is to be told of it, if anything
   */
  Optional<String> failed(String trouble, String next) {
    long now = clock.nanos();
    heard.values().removeIf(old -> now - old.heardNanos >= PAUSE_NANOS);
    Repeated repeated = heard.computeIfAbsent(trouble, words -> new Repeated());
    repeated.heardNanos = now;
    repeated.untold++;
    long since = now - repeated.toldNanos;
    if (repeated.told >= TOLD_EACH && since < PAUSE_NANOS) {
      return Optional.empty();
    }
    String more =
        repeated.told < TOLD_EACH
            ? next
            : "%d attempts in the last %d minutes."
                .formatted(repeated.untold, Math.round((double) since / MINUTE_NANOS));
    repeated.told++;
    repeated.untold = 0;
    repeated.toldNanos = now;
    down = true;
    return Optional.of(trouble + " " + more);
  }

  /**
   * An attempt was successful.
   *
   * @return what is to be told of it; nothing where the last trouble was not told either
   */
  Optional<String> back() {
    boolean news = down;
    down = false;
    return news ? Optional.of("The video is back.") : Optional.empty();
  }
}
