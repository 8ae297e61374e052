package framewise.engine.pipeline;

import framewise.engine.Status;
import framewise.engine.WallClock;
import framewise.engine.result.Event;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Counts clips that were never asked about, and says so at most once a second. */
final class DropReport {
  private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final WallClock clock;
  private final DropSink sink;
  private long unreported;
  private long lastReportNanos;

  /** Where reports go. */
  interface DropSink {
    void dropped(long clips, Event.StatusChanged report);
  }

  DropReport(WallClock clock, DropSink sink) {
    this.clock = clock;
    this.sink = sink;
    this.lastReportNanos = clock.nanos() - EVERY_NANOS;
  }

  synchronized void add(long clips) {
    unreported += clips;
    if (clock.nanos() - lastReportNanos >= EVERY_NANOS) {
      flush();
    }
  }

  /** Reports what is left. */
  synchronized void flush() {
    if (unreported == 0) {
      return;
    }
    String detail =
        unreported == 1
            ? "1 clip dropped, newest kept"
            : unreported + " clips dropped, newest kept";
    sink.dropped(unreported, new Event.StatusChanged(Status.STREAMING, Optional.of(detail)));
    unreported = 0;
    lastReportNanos = clock.nanos();
  }
}
