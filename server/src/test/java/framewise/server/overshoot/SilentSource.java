package framewise.server.overshoot;

import framewise.engine.source.Ending;
import framewise.engine.source.LiveSource;
import framewise.media.VideoInfo;
import framewise.media.picture.Frame;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Source without pictures. */
final class SilentSource implements LiveSource {
  private final CountDownLatch closed = new CountDownLatch(1);

  @Override
  public Optional<Frame> next(Duration timeout) throws InterruptedException {
    boolean _ = closed.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
    return Optional.empty();
  }

  @Override
  public VideoInfo info(Frame picture) {
    throw new IllegalStateException("there was no picture");
  }

  @Override
  public Optional<Ending> ending() {
    return Optional.empty();
  }

  @Override
  public long dropped() {
    return 0;
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
