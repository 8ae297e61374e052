package framewise.engine.pipeline;

import framewise.engine.WallClock;
import framewise.engine.result.Event;
import framewise.media.LumaGrid;
import framewise.media.MediaTime;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Finds clips that look like the one last asked about, and reports them: the first at once, more of
 * them after 5, 10, 20 and up to 60 seconds, the rest before the next question. Safe for any number
 * of threads.
 */
final class Sameness {
  private static final long FIRST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Optional<String> name;
  private final WallClock clock;
  private final RunListener listener;

  /** The clip last asked about; none after a failure, so that the next one is asked about. */
  private @Nullable LumaGrid look;

  private MediaTime asked = MediaTime.ZERO;
  private String prompt = "";

  /** The number of the answer about it; 0 while there is none. */
  private long seq;

  private long skipped;
  private long reported;
  private long reportedNanos;
  private long pauseNanos = FIRST_PAUSE_NANOS;

  Sameness(Optional<String> name, WallClock clock, RunListener listener) {
    this.name = name;
    this.clock = clock;
    this.listener = listener;
  }

  /** Whether a clip need not be asked about; counts it then. */
  synchronized boolean covers(TimedClip clip, SkipUnchanged skip, String asking) {
    LumaGrid last = look;
    if (last == null || !asking.equals(prompt)) {
      return false;
    }
    double age = clip.clip().start().seconds() - asked.seconds();
    if (age < 0 || age >= skip.refreshSeconds() || last.changed(clip.look()) > skip.threshold()) {
      return false;
    }
    skipped++;
    if (reported == 0 || clock.nanos() - reportedNanos >= pauseNanos) {
      report();
    }
    return true;
  }

  /** The clip is asked about. */
  synchronized void asked(TimedClip clip, String asking) {
    report();
    look = clip.look();
    asked = clip.clip().start();
    prompt = asking;
    seq = 0;
    skipped = 0;
    reported = 0;
  }

  /** A clip is asked about that nobody is compared with. */
  synchronized void forget() {
    report();
    look = null;
    seq = 0;
  }

  /** The question about the clip of this time was answered, under this number; or it failed. */
  synchronized void answered(MediaTime start, boolean ok, long number) {
    if (!start.equals(asked)) {
      return;
    }
    if (ok) {
      seq = number;
    } else {
      look = null;
    }
  }

  /** Reports what is left. */
  synchronized void report() {
    if (seq > 0 && skipped > reported) {
      long more = skipped - reported;
      pauseNanos =
          reported == 0 ? FIRST_PAUSE_NANOS : Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
      reported = skipped;
      reportedNanos = clock.nanos();
      listener.unchanged(more, new Event.Unchanged(name, seq, skipped));
    }
  }
}
