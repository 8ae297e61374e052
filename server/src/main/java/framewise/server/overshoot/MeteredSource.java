package framewise.server.overshoot;

import framewise.engine.source.Ending;
import framewise.engine.source.LiveSource;
import framewise.engine.source.Reception;
import framewise.media.VideoInfo;
import framewise.media.picture.Frame;
import framewise.time.WallClock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Source that measures its pictures. Safe for any number of threads. */
final class MeteredSource implements LiveSource {
  private static final long WINDOW_NANOS = Duration.ofSeconds(5).toNanos();

  private final LiveSource source;
  private final WallClock clock;

  private long taken;
  private int width;
  private int height;
  private Mark last = new Mark(0, 0);
  private Mark current = new Mark(0, 0);
  private Mark previous = new Mark(0, 0);

  /** Number of pictures at a moment. */
  private record Mark(long nanos, long pictures) {}

  /**
   * Measurements so far.
   *
   * @param pictures all pictures, including skipped ones
   * @param fps recent rate, in pictures a second; 0 while unknown
   * @param width pixels of the newest; 0 before the first
   * @param height pixels of the newest; 0 before the first
   * @param quiet time since the newest; zero before the first
   */
  record ArrivalCounts(long pictures, double fps, int width, int height, Duration quiet) {}

  MeteredSource(LiveSource source, WallClock clock) {
    this.source = source;
    this.clock = clock;
  }

  @Override
  public Optional<Frame> next(Duration timeout) throws InterruptedException {
    Optional<Frame> frame = source.next(timeout);
    frame.ifPresent(this::note);
    return frame;
  }

  @Override
  public Optional<Duration> age() {
    return source.age();
  }

  @Override
  public Optional<Duration> interval() {
    return source.interval();
  }

  @Override
  public VideoInfo info(Frame picture) {
    return source.info(picture);
  }

  @Override
  public Optional<Ending> ending() {
    return source.ending();
  }

  @Override
  public void onNotice(Consumer<String> notices) {
    source.onNotice(notices);
  }

  @Override
  public Reception reception() {
    return source.reception();
  }

  @Override
  public long memoryBytes() {
    return source.memoryBytes();
  }

  @Override
  public long dropped() {
    return source.dropped();
  }

  @Override
  public void close() {
    source.close();
  }

  synchronized ArrivalCounts arrivals() {
    long nanos = last.nanos() - previous.nanos();
    double fps = nanos > 0 ? (last.pictures() - previous.pictures()) * 1e9 / nanos : 0;
    Duration quiet =
        last.pictures() == 0 ? Duration.ZERO : Duration.ofNanos(clock.nanos() - last.nanos());
    return new ArrivalCounts(last.pictures(), fps, width, height, quiet);
  }

  private synchronized void note(Frame frame) {
    taken++;
    width = frame.width();
    height = frame.height();
    last = new Mark(clock.nanos(), taken + source.dropped());
    if (last.pictures() == 1 || current.pictures() == 0) {
      previous = last;
      current = last;
    } else if (last.nanos() - current.nanos() >= WINDOW_NANOS) {
      previous = current;
      current = last;
    }
  }
}
