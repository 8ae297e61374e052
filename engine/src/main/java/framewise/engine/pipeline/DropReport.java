package framewise.engine.pipeline;

import framewise.engine.Status;
import framewise.engine.result.Event;
import framewise.time.WallClock;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Counts dropped clips and reports them: the first at once, more of them after 1, 2, 4 and up to 60
 * seconds, so that months of drops do not fill the log. After a minute without drops, the next is
 * reported at once again. The counters are updated every second, even when no report is due.
 */
final class DropReport {
  private static final long FIRST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long MAX_PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** Minimum interval between updates of the counters. */
  private static final long MIN_UPDATE_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final String prefix;
  private final WallClock clock;
  private final DropSink sink;
  private long uncounted;
  private long countedNanos;
  private long unreported;
  private long reportedNanos;
  private long droppedNanos;

  /** Interval from the last report to the next; 0 before the first. */
  private long pauseNanos;

  /** Receiver of drops. */
  interface DropSink {
    /**
     * Called for dropped clips.
     *
     * @param clips number since the last call
     * @param report text about all drops since the last report; empty until the next report is due
     */
    void dropped(long clips, Optional<Event.StatusChanged> report);
  }

  /**
   * @param name of the prompt, where the session has several
   */
  DropReport(Optional<String> name, WallClock clock, DropSink sink) {
    this.prefix = name.map(text -> text + ": ").orElse("");
    this.clock = clock;
    this.sink = sink;
  }

  synchronized void add(long clips) {
    if (clips == 0) {
      return;
    }
    long now = clock.nanos();
    if (now - droppedNanos >= MAX_PAUSE_NANOS) {
      pauseNanos = 0;
    }
    droppedNanos = now;
    unreported += clips;
    uncounted += clips;
    look();
  }

  /** Sends the report if it is due. */
  synchronized void look() {
    long now = clock.nanos();
    if (pauseNanos == 0 || now - reportedNanos >= pauseNanos) {
      flush();
    } else if (uncounted > 0 && now - countedNanos >= MIN_UPDATE_INTERVAL_NANOS) {
      count(Optional.empty());
    }
  }

  /** Reports the remaining drops. */
  synchronized void flush() {
    if (unreported == 0) {
      return;
    }
    String detail =
        "%sSkipped %d %s to keep up"
            .formatted(prefix, unreported, unreported == 1 ? "clip" : "clips");
    pauseNanos = Math.clamp(2 * pauseNanos, FIRST_PAUSE_NANOS, MAX_PAUSE_NANOS);
    reportedNanos = clock.nanos();
    unreported = 0;
    count(Optional.of(new Event.StatusChanged(Status.STREAMING, Optional.of(detail))));
  }

  private void count(Optional<Event.StatusChanged> report) {
    long clips = uncounted;
    uncounted = 0;
    countedNanos = clock.nanos();
    sink.dropped(clips, report);
  }
}
