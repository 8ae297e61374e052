package framewise.engine.source;

import framewise.media.VideoInfo;
import framewise.media.picture.Frame;
import framewise.time.WallClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Live source that viewers and the run share. Viewers also see pictures between those that the run
 * takes, yet the run still gets the newest picture, as if there were no viewers. Viewers never wait
 * for a picture.
 */
public final class WatchedSource implements LiveSource, Pictures {
  private final LiveSource source;
  private final NewestPicture newest;
  private final WallClock clock;

  /** Held by the thread that takes a picture from the source. */
  private final ReentrantLock taking = new ReentrantLock();

  /** Number of the newest picture that the run got. Guarded by {@link #taking}. */
  private volatile long given;

  private final View main = new View();
  private final LongAdder passedOver = new LongAdder();

  /**
   * @param source closed with this
   */
  public WatchedSource(LiveSource source, WallClock clock) {
    this.source = source;
    this.newest = new NewestPicture(clock);
    this.clock = clock;
  }

  @Override
  public Optional<Frame> next(Duration timeout) throws InterruptedException {
    return main.next(timeout);
  }

  /** The same pictures for another part of the run. Closing the view has no effect. */
  public LiveSource view() {
    return new View();
  }

  /**
   * Takes no picture from the source while the run waits for one: there is none newer than the
   * last.
   */
  @Override
  public Optional<NumberedPicture> newest() throws InterruptedException {
    if (!newest.isOver() && taking.tryLock()) {
      try {
        Optional<Frame> picture = source.next(Duration.ZERO);
        if (picture.isPresent()) {
          try (Frame taken = picture.get()) {
            show(taken);
          }
        }
      } finally {
        taking.unlock();
      }
    }
    return newest.newest();
  }

  @Override
  public boolean isOver() {
    return newest.isOver();
  }

  @Override
  public Reception reception() {
    return source.reception();
  }

  @Override
  public Optional<Reception> live() {
    return newest.isOver() ? Optional.empty() : Optional.of(source.reception());
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
  public long memoryBytes() {
    return source.memoryBytes();
  }

  @Override
  public long dropped() {
    return source.dropped() + passedOver.sum();
  }

  @Override
  public void close() {
    newest.end();
    source.close();
  }

  /** Called with {@link #taking} held. */
  private Instant show(Frame picture) {
    if (newest.number() > given) {
      passedOver.increment();
    }
    Instant at =
        source
            .age()
            .map(clock.now()::minus)
            .or(() -> source.reception().lastPictureAt())
            .orElseGet(clock::now);
    newest.show(picture, at);
    return at;
  }

  /** A view, which returns each picture once. */
  private final class View implements LiveSource {
    private long seen;

    /** Arrival time of the picture returned last. */
    private Optional<Instant> arrivedAt = Optional.empty();

    @Override
    public Optional<Frame> next(Duration timeout) throws InterruptedException {
      if (!taking.tryLock(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
        return unseen(); // another part of the run waits for the next one
      }
      try {
        boolean waits = newest.number() > seen;
        Optional<Frame> picture = source.next(waits ? Duration.ZERO : timeout);
        if (picture.isEmpty()) {
          return unseen();
        }
        arrivedAt = Optional.of(show(picture.get()));
        seen = newest.number();
        given = seen;
        return picture;
      } finally {
        taking.unlock();
      }
    }

    @Override
    public Optional<Duration> age() {
      Instant now = clock.now();
      return arrivedAt.filter(at -> !at.isAfter(now)).map(at -> Duration.between(at, now));
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
    public long dropped() {
      return WatchedSource.this.dropped();
    }

    @Override
    public void close() {
      // The source is closed with the run.
    }

    private Optional<Frame> unseen() {
      Optional<NumberedPicture> shown = newest.newest();
      if (shown.isPresent() && shown.get().number() > seen) {
        seen = shown.get().number();
        arrivedAt = Optional.of(shown.get().at());
        given = seen;
        return shown.map(NumberedPicture::frame);
      }
      shown.ifPresent(NumberedPicture::close);
      return Optional.empty();
    }
  }
}
