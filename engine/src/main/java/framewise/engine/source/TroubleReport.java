package framewise.engine.source;

import framewise.time.WallClock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Limits reports of failed attempts, so that months of them do not fill a log. Reports each attempt
 * until the same fault was reported ten times; from then on, reports every ten minutes, with the
 * number of attempts. A fault that has not occurred for ten minutes starts over. Used by one
 * thread.
 */
final class TroubleReport {
  private static final int REPORTED_EACH = 10;
  private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(10);
  private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final WallClock clock;
  private final Map<String, FaultCount> heard = new HashMap<>();

  /** Whether the last report was about a fault. */
  private boolean down;

  /** One fault: the number of its reports, and of attempts not reported. */
  private static final class FaultCount {
    private int reports;
    private long unreported;
    private long reportedNanos;
    private long heardNanos;
  }

  TroubleReport(WallClock clock) {
    this.clock = clock;
  }

  /**
   * Records a failed attempt.
   *
   * @param trouble the reason, in a sentence; the same fault has the same text
   * @param next a further sentence for reports of single attempts
   * @return the text to report, if any
   */
  Optional<String> failed(String trouble, String next) {
    long now = clock.nanos();
    heard.values().removeIf(old -> now - old.heardNanos >= PAUSE_NANOS);
    FaultCount repeated = heard.computeIfAbsent(trouble, words -> new FaultCount());
    repeated.heardNanos = now;
    repeated.unreported++;
    long since = now - repeated.reportedNanos;
    if (repeated.reports >= REPORTED_EACH && since < PAUSE_NANOS) {
      return Optional.empty();
    }
    String more =
        repeated.reports < REPORTED_EACH
            ? next
            : "%d attempts in the last %d minutes."
                .formatted(repeated.unreported, Math.round((double) since / MINUTE_NANOS));
    repeated.reports++;
    repeated.unreported = 0;
    repeated.reportedNanos = now;
    down = true;
    return Optional.of(trouble + " " + more);
  }

  /**
   * Records a successful attempt.
   *
   * @return the text to report; empty if the last fault was not reported either
   */
  Optional<String> back() {
    boolean news = down;
    down = false;
    return news ? Optional.of("The video is back.") : Optional.empty();
  }
}
