package framewise.engine.preview;

import framewise.engine.SlotPool;
import framewise.time.WallClock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Viewer of a session. Used by one thread; must be closed. */
public final class PreviewViewer implements AutoCloseable {
  private final Broadcast broadcast;
  private final int fps;
  private final SlotPool.Slot place;
  private final WallClock clock;
  private long seen;
  private long dueNanos;

  PreviewViewer(Broadcast broadcast, int fps, SlotPool.Slot place, WallClock clock) {
    this.broadcast = broadcast;
    this.fps = fps;
    this.place = place;
    this.clock = clock;
    this.dueNanos = clock.nanos();
  }

  /**
   * Waits for the next picture: the newest there is when it is due. A caller that is late misses
   * the pictures in between.
   *
   * @return the picture, or empty when no newer picture came in time or the run is over
   */
  public Optional<Jpeg> next(Duration timeout) throws InterruptedException {
    clock.awaitNanos(dueNanos);
    Optional<Jpeg> jpeg = broadcast.awaitNewer(seen, timeout);
    jpeg.ifPresent(
        picture -> {
          seen = picture.number();
          // Slightly early counts as due; otherwise, a viewer at the source's rate would miss every
          // other picture.
          long interval = TimeUnit.SECONDS.toNanos(1) / fps;
          dueNanos = Math.max(dueNanos + interval, clock.nanos() + interval * 3 / 4);
        });
    return jpeg;
  }

  /** Whether the watched run is over. */
  public boolean isOver() {
    return broadcast.hasEnded();
  }

  int fps() {
    return fps;
  }

  @Override
  public void close() {
    broadcast.leave(this);
    place.close();
  }
}
