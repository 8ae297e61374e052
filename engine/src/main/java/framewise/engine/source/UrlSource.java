package framewise.engine.source;

import framewise.engine.Status;
import framewise.media.MediaFault;
import framewise.media.PictureInterval;
import framewise.media.VideoInfo;
import framewise.media.live.LivePosition;
import framewise.media.live.LiveReader;
import framewise.media.network.Network;
import framewise.media.network.UrlFault;
import framewise.media.network.UrlFault.Kind;
import framewise.media.network.VideoUrl;
import framewise.media.picture.Frame;
import framewise.media.picture.FrameSize;
import framewise.media.picture.PixelFormat;
import framewise.time.WallClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Video at a URL, read by a thread of its own from the first request for a picture. After a loss,
 * reconnects without limit, with a backoff of 1 to 30 seconds, and reports each failed attempt with
 * its reason. Only a recording ends by itself.
 */
public final class UrlSource implements LiveSource {
  private static final FrameSize SIZE = new FrameSize(1280);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

  /** After this long without a picture, a source no longer counts as connected. */
  private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

  /**
   * For slow sources, that time is longer: this multiple of the interval between the last two
   * pictures.
   */
  private static final long MAX_GAP_FACTOR = 4;

  private static final Logger LOG = LoggerFactory.getLogger(UrlSource.class);

  private final VideoUrl url;
  private final Network network;
  private final Consumer<Kind> whenLost;
  private final TroubleReport report;
  private final Thread thread;
  private final PictureInterval interval = new PictureInterval();
  private final ReentrantLock lock = new ReentrantLock();

  /** Signals a picture, the end of the video, or a close. */
  private final Condition changed = lock.newCondition();

  /** Guarded by the lock, like everything below. */
  private @Nullable LiveReader reader;

  private Consumer<String> listener = sentence -> {};
  private Optional<Ending> over = Optional.empty();
  private LivePosition place = LivePosition.START;
  private long droppedBefore;
  private boolean connected;
  private Optional<String> trouble = Optional.empty();
  private long arrivedNanos;
  private long longestGapNanos;
  private Optional<Instant> pictureBefore = Optional.empty();
  private boolean closed;

  /**
   * @param name of the session, for thread names
   * @param whenLost receives the reason of each connection that failed or was lost
   */
  public UrlSource(
      String name, VideoUrl url, Network network, WallClock clock, Consumer<Kind> whenLost) {
    this.url = url;
    this.network = network;
    this.whenLost = whenLost;
    this.report = new TroubleReport(clock);
    this.thread = Thread.ofPlatform().daemon().name("url-" + name).unstarted(this::run);
  }

  @Override
  public void onNotice(Consumer<String> listener) {
    lock.lock();
    try {
      this.listener = listener;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Optional<Frame> next(Duration timeout) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (!closed && thread.getState() == Thread.State.NEW) {
        thread.start();
      }
      long left = timeout.toNanos();
      Optional<Frame> picture = newest();
      while (picture.isEmpty() && left > 0 && !closed && over.isEmpty()) {
        left = changed.awaitNanos(left);
        picture = newest();
      }
      return picture;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Optional<Duration> interval() {
    return interval.usual();
  }

  @Override
  public VideoInfo info(Frame picture) {
    lock.lock();
    try {
      if (reader != null) {
        return reader.info();
      }
    } catch (IllegalStateException connectingAnew) {
      // not connected yet: use the picture's own properties
    } finally {
      lock.unlock();
    }
    return new VideoInfo(url.scheme(), "", picture.width(), picture.height(), 0, Optional.empty());
  }

  @Override
  public Optional<Ending> ending() {
    lock.lock();
    try {
      return over;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Reception reception() {
    lock.lock();
    try {
      Optional<String> silence = connected ? silence() : Optional.empty();
      return new Reception(
          connected && silence.isEmpty(), trouble.or(() -> silence), lastPictureAt());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long memoryBytes() {
    lock.lock();
    try {
      return reader == null ? 0 : reader.memoryBytes();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long dropped() {
    lock.lock();
    try {
      return droppedBefore + (reader == null ? 0 : reader.dropped());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
      if (reader != null) {
        reader.abort();
      }
    } finally {
      lock.unlock();
    }
    try {
      if (thread.getState() != Thread.State.NEW && !thread.join(STOP_TIMEOUT)) {
        LOG.warn("{} is slow to stop", thread.getName());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Optional<Frame> newest() {
    return reader == null ? Optional.empty() : reader.take();
  }

  private void run() {
    var wait = new RetryWait();
    boolean lost = false;
    while (true) {
      long pictured = 0;
      UrlFault fault;
      try (LiveReader opened = begin()) {
        opened.open();
        if (lost) {
          report.back().ifPresent(this::notice);
        }
        lost = true;
        long began = WallClock.system().nanos();
        do {
          pictured = WallClock.system().nanos() - began;
          arrived();
        } while (opened.advance());
        opened.missing().ifPresent(this::notice);
        end(Ending.of(opened.cutOff()));
        return;
      } catch (UrlFault e) {
        fault = e;
      } catch (MediaFault e) {
        LOG.warn("{}: {}", thread.getName(), e.getMessage());
        fault = new UrlFault(Kind.LOST, "The video broke off.");
      } finally {
        leave();
      }
      countLoss(fault);
      if (fault.kind() == Kind.FORBIDDEN) {
        end(new Ending(Status.FAILED, fault.sentence()));
        return;
      }
      lost = true;
      if (!pause(fault.sentence(), wait.after(pictured))) {
        return;
      }
    }
  }

  private LiveReader begin() throws UrlFault {
    lock.lock();
    try {
      if (closed) {
        throw new UrlFault(Kind.LOST, "It was stopped.");
      }
      reader = new LiveReader(url, network, SIZE, PixelFormat.I420, place);
      return reader;
    } finally {
      lock.unlock();
    }
  }

  private void leave() {
    lock.lock();
    try {
      if (reader != null) {
        droppedBefore += reader.dropped();
        place = place.then(reader.place());
        pictureBefore = lastPictureAt();
        reader = null;
      }
      connected = false;
    } finally {
      lock.unlock();
    }
  }

  /** Reports why there is no video, and waits; false if the source was closed. */
  private boolean pause(String sentence, long nanos) {
    report
        .failed(sentence, "Trying again in %d s.".formatted(TimeUnit.NANOSECONDS.toSeconds(nanos)))
        .ifPresent(this::notice);
    lock.lock();
    try {
      long left = nanos;
      while (!closed && left > 0) {
        left = changed.awaitNanos(left);
      }
      return !closed;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  private void notice(String sentence) {
    lock.lock();
    try {
      if (!closed) {
        listener.accept(sentence);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Reason why no picture arrives although there is a connection. Called with the lock held. */
  private Optional<String> silence() {
    long nanos = WallClock.system().nanos() - arrivedNanos;
    return nanos > Math.max(SILENCE_NANOS, MAX_GAP_FACTOR * longestGapNanos)
        ? Optional.of(
            "No picture has arrived for %d s.".formatted(TimeUnit.NANOSECONDS.toSeconds(nanos)))
        : Optional.empty();
  }

  /** Stores a picture. */
  private void arrived() {
    lock.lock();
    try {
      long now = WallClock.system().nanos();
      interval.arrived(now);
      longestGapNanos = connected ? Math.max(longestGapNanos, now - arrivedNanos) : 0;
      arrivedNanos = now;
      connected = true;
      trouble = Optional.empty();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Counts a lost connection, unless this side ended it. */
  private void countLoss(UrlFault why) {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      trouble = Optional.of(why.sentence());
    } finally {
      lock.unlock();
    }
    whenLost.accept(why.kind());
  }

  /** Called with the lock held. */
  private Optional<Instant> lastPictureAt() {
    return Optional.ofNullable(reader).flatMap(LiveReader::newestAt).or(() -> pictureBefore);
  }

  private void end(Ending how) {
    lock.lock();
    try {
      over = Optional.of(how);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
