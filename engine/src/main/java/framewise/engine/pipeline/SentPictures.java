package framewise.engine.pipeline;

import framewise.engine.WallClock;
import framewise.engine.source.Ending;
import framewise.engine.source.LiveSource;
import framewise.media.Frame;
import framewise.media.VideoInfo;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The pictures of a stream, as video that arrives now: the newest waits to be looked at. */
final class SentPictures implements LiveSource {
  private final WallClock clock;
  private @Nullable Frame newest;
  private @Nullable Ending ending;
  private OptionalLong beganNanos = OptionalLong.empty();
  private long dropped;

  SentPictures(WallClock clock) {
    this.clock = clock;
  }

  /** When the first picture was looked at, on the steady clock; empty before. */
  synchronized OptionalLong beganNanos() {
    return beganNanos;
  }

  /**
   * Takes the place of one that still waits.
   *
   * @param picture stays the caller's
   */
  synchronized void send(Frame picture) {
    if (ending != null) {
      return;
    }
    if (newest != null) {
      newest.close();
      dropped++;
    }
    newest = picture.share();
    notifyAll();
  }

  /** No picture follows. */
  synchronized void end(Ending how) {
    ending = how;
    notifyAll();
  }

  @Override
  public synchronized Optional<Frame> next(Duration timeout) throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    for (long left = timeout.toNanos(); newest == null && ending == null && left > 0; ) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = deadline - System.nanoTime();
    }
    Optional<Frame> taken = Optional.ofNullable(newest);
    newest = null;
    if (taken.isPresent() && beganNanos.isEmpty()) {
      beganNanos = OptionalLong.of(clock.nanos());
    }
    return taken;
  }

  @Override
  public VideoInfo info(Frame picture) {
    return new VideoInfo("", "", picture.width(), picture.height(), 0, Optional.empty());
  }

  /** Over once the last picture was looked at. */
  @Override
  public synchronized Optional<Ending> over() {
    return newest == null ? Optional.ofNullable(ending) : Optional.empty();
  }

  @Override
  public synchronized long dropped() {
    return dropped;
  }

  @Override
  public synchronized void close() {
    ending = Ending.OF_FILE;
    if (newest != null) {
      newest.close();
      newest = null;
    }
  }
}
