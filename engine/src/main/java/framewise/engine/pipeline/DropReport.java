package framewise.engine.pipeline;

import framewise.engine.Status;
import framewise.engine.WallClock;
import framewise.engine.result.Event;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Counts clips that were never asked about, and says so at most once a second. */
final class DropReport {
  private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final String prefix;
  private final WallClock clock;
  private final DropSink sink;
  private long unreported;
  private long lastReportNanos;

  /** Where reports go. */
  interface DropSink {
    void dropped(long clips, Event.StatusChanged report);
  }

  /**
   * @param name of the prompt, where there are several
   */
  DropReport(Optional<String> name, WallClock clock, DropSink sink) {
    this.prefix = name.map(text -> text + ": ").orElse("");
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
        "%s%d %s dropped, newest kept"
            .formatted(prefix, unreported, unreported == 1 ? "clip" : "clips");
    sink.dropped(unreported, new Event.StatusChanged(Status.STREAMING, Optional.of(detail)));
    unreported = 0;
    lastReportNanos = clock.nanos();
  }
}
