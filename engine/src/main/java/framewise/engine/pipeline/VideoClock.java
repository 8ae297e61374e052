package framewise.engine.pipeline;

import framewise.media.MediaTime;
import framewise.time.WallClock;

/**
 * Position of a run in its video. The clock of a file stops while no lane wants pictures; that of
 * live video never stops. Safe for any number of threads.
 */
final class VideoClock {
  private final WallClock clock;
  private boolean begun;
  private boolean paused;

  /** When the video's first picture was on show, or would have been. */
  private long zeroNanos;

  private long pausedNanos;

  VideoClock(WallClock clock) {
    this.clock = clock;
    this.zeroNanos = clock.nanos();
  }

  /** Starts the clock at a position. Returns false, without effect, if it is running already. */
  synchronized boolean begin(MediaTime at) {
    if (begun) {
      return false;
    }
    begun = true;
    pausedNanos = clock.nanos();
    zeroNanos = pausedNanos - nanos(at);
    return true;
  }

  /** When the video's first picture was on show, or would have been, on the steady clock. */
  synchronized long zeroNanos() {
    return zeroNanos;
  }

  /** Present position, in nanoseconds from the start of the video. */
  synchronized long nanos() {
    return (paused ? pausedNanos : clock.nanos()) - zeroNanos;
  }

  synchronized void pause() {
    if (!paused) {
      paused = true;
      pausedNanos = clock.nanos();
    }
  }

  /** Resumes at the position where it stopped; returns that position. */
  synchronized long resume() {
    if (paused) {
      paused = false;
      zeroNanos += clock.nanos() - pausedNanos;
    }
    return clock.nanos() - zeroNanos;
  }

  static long nanos(MediaTime time) {
    return time.micros() * 1_000;
  }
}
