package framewise.engine.pipeline;

import framewise.media.MediaTime;
import framewise.time.WallClock;

/**
 * Position of a run in its video. A file's clock stands still while no lane wants pictures; a live
 * video's never does. Safe for any number of threads.
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

  /** Starts the clock at a position; returns false and does nothing where it runs already. */
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

  /** Present position, on the steady clock from the video's zero. */
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
