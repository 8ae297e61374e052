package framewise.engine.pipeline;

import framewise.engine.WallClock;
import framewise.media.MediaTime;

/**
 * Where a run is in its video. A file's clock stands still while nobody wants pictures; that of
 * live video never does. Safe for any number of threads.
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

  /** The video begins at a place; false, and nothing happens, where it has begun. */
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

  /** Where it is now, on the steady clock from its zero. */
  synchronized long nanos() {
    return (paused ? pausedNanos : clock.nanos()) - zeroNanos;
  }

  synchronized void pause() {
    if (!paused) {
      paused = true;
      pausedNanos = clock.nanos();
    }
  }

  /** Goes on where it was; where that is, from its zero. */
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
