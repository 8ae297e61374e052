package framewise.engine.pipeline;

import framewise.engine.result.Event;
import framewise.engine.settings.SkipUnchanged;
import framewise.engine.source.TimedClip;
import framewise.media.MediaTime;
import framewise.media.picture.LumaGrid;
import framewise.time.WallClock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Skips clips that look like the last one asked about, and reports them: the first at once, more of
 * them after 5, 10, 20 and up to 60 seconds, the rest before the next question. If that question
 * fails, its skipped clips count as dropped. Safe for any number of threads.
 */
final class UnchangedClips {
  private static final long FIRST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long MAX_PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Optional<String> name;
  private final WallClock clock;
  private final RunListener listener;
  private final DropReport drops;

  /** Questions in flight, in the order in which they will be answered. */
  private final Deque<Optional<Question>> underWay = new ArrayDeque<>();

  /**
   * The question whose clip later clips are compared with; null after a failure, so that the next
   * clip is asked about.
   */
  private @Nullable Question newest;

  private long pauseNanos = FIRST_PAUSE_NANOS;

  /** A clip that was asked about, and the number of later clips that look like it. */
  private static final class Question {
    private final LumaGrid look;
    private final MediaTime start;
    private final String prompt;

    /** Number of the answer in the log; 0 until there is one. */
    private long seq;

    private long skipped;
    private MediaTime until;
    private long reported;
    private long reportedNanos;

    Question(TimedClip clip, String prompt) {
      this.look = clip.look();
      this.start = clip.clip().start();
      this.until = clip.clip().end();
      this.prompt = prompt;
    }

    boolean holdsFor(TimedClip clip, SkipUnchanged skip, String asking) {
      double age = clip.clip().start().seconds() - start.seconds();
      return asking.equals(prompt)
          && age >= 0
          && age < skip.refreshSeconds()
          && look.changed(clip.look()) <= skip.threshold();
    }
  }

  UnchangedClips(Optional<String> name, WallClock clock, RunListener listener, DropReport drops) {
    this.name = name;
    this.clock = clock;
    this.listener = listener;
    this.drops = drops;
  }

  /** Whether a clip can be skipped; if so, counts it. */
  synchronized boolean covers(TimedClip clip, SkipUnchanged skip, String asking) {
    Question last = newest;
    if (last == null || !last.holdsFor(clip, skip, asking)) {
      return false;
    }
    last.skipped++;
    last.until = clip.clip().end();
    if (last.reported == 0 || clock.nanos() - last.reportedNanos >= pauseNanos) {
      report(last);
    }
    return true;
  }

  /** Records that the clip is asked about. */
  synchronized void markAsked(TimedClip clip, String asking) {
    report();
    var next = new Question(clip, asking);
    newest = next;
    underWay.add(Optional.of(next));
  }

  /** Records a question that later clips are not compared with. */
  synchronized void forget() {
    report();
    newest = null;
    underWay.add(Optional.empty());
  }

  /** Records that the oldest question was answered, under this number, or failed. */
  synchronized void answered(boolean ok, long number) {
    underWay.remove().ifPresent(asked -> answered(asked, ok, number));
  }

  /** Reports the remaining skipped clips. */
  synchronized void report() {
    if (newest != null) {
      report(newest);
    }
  }

  private void answered(Question asked, boolean ok, long number) {
    boolean last = asked.equals(newest);
    if (!ok) {
      drops.add(asked.skipped);
      newest = last ? null : newest;
      return;
    }
    asked.seq = number;
    if (!last) {
      report(asked); // no later clip is compared with it
    }
  }

  private void report(Question asked) {
    if (asked.seq > 0 && asked.skipped > asked.reported) {
      long more = asked.skipped - asked.reported;
      pauseNanos =
          asked.reported == 0 ? FIRST_PAUSE_NANOS : Math.min(2 * pauseNanos, MAX_PAUSE_NANOS);
      asked.reported = asked.skipped;
      asked.reportedNanos = clock.nanos();
      listener.unchanged(more, new Event.Unchanged(name, asked.seq, asked.skipped, asked.until));
    }
  }
}
