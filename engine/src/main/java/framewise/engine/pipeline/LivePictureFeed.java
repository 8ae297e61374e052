package framewise.engine.pipeline;

import framewise.engine.WallClock;
import framewise.engine.source.Ending;
import framewise.engine.source.LiveSource;
import framewise.engine.source.Scale720;
import framewise.media.Frame;
import framewise.media.MediaTime;
import framewise.media.PixelFormat;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Passes on video that arrives now, the newest picture each time one is due. */
final class LivePictureFeed implements PictureFeed {
  private static final Duration LOOK = Duration.ofMillis(250);

  private final LiveSource source;
  private final double fps;
  private final WallClock clock;
  private final RunListener listener;
  private final long intervalNanos;
  private long dueNanos;
  private boolean began;
  private volatile long zeroNanos;

  /**
   * @param source is closed with this
   * @param fps pictures a second that are passed on, at most
   */
  LivePictureFeed(LiveSource source, double fps, WallClock clock, RunListener listener) {
    this.source = source;
    this.fps = fps;
    this.clock = clock;
    this.listener = listener;
    this.intervalNanos = (long) (TimeUnit.SECONDS.toNanos(1) / fps);
    this.zeroNanos = clock.nanos();
    this.dueNanos = zeroNanos;
  }

  @Override
  public void resume() {
    dueNanos = clock.nanos();
  }

  @Override
  public Optional<Frame> next() throws InterruptedException {
    clock.awaitNanos(dueNanos);
    while (source.over().isEmpty()) {
      Optional<Frame> picture = source.next(LOOK);
      if (picture.isPresent()) {
        // A little early is due as well: the sender's clock is not ours.
        dueNanos = Math.max(dueNanos + intervalNanos, clock.nanos() + intervalNanos * 3 / 4);
        if (!began) {
          began = true;
          zeroNanos = clock.nanos();
          listener.began(source.info(picture.get()));
        }
        return Optional.of(small(picture.get()));
      }
    }
    return Optional.empty();
  }

  @Override
  public double fps() {
    return fps;
  }

  @Override
  public MediaTime shownAt(long nanos) {
    return new MediaTime(Math.max(0, nanos - zeroNanos) / 1_000);
  }

  @Override
  public Ending ending() {
    return source.over().orElse(Ending.OF_FILE);
  }

  @Override
  public void close() {
    source.close();
  }

  /** The picture, or in its place one of at most 720p. */
  private static Frame small(Frame picture) {
    double scale = Scale720.of(picture.width(), picture.height());
    if (scale == 1) {
      return picture;
    }
    try (picture) {
      return picture.convert(
          (int) Math.max(1, picture.width() * scale),
          (int) Math.max(1, picture.height() * scale),
          PixelFormat.I420);
    }
  }
}
