package framewise.engine.preview;

import framewise.engine.Refusal;
import framewise.engine.Refusal.Code;
import framewise.engine.RefusedException;
import framewise.engine.SlotPool;
import framewise.engine.source.Pictures;
import framewise.engine.source.Reception;
import framewise.media.NewestSlot;
import framewise.media.picture.FrameSize;
import framewise.time.WallClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shares the pictures of one run as JPEGs. Each is encoded once for all viewers, by a thread that
 * exists while there are any. There is no queue: the newest picture replaces the one before.
 */
final class Broadcast {
  /**
   * Maximum long side, in pixels: sharp enough beside a page of answers, and with {@link #QUALITY}
   * about 40 KB for a camera's picture.
   */
  private static final FrameSize SIZE = new FrameSize(960);

  private static final int QUALITY = 70;
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final Logger LOG = LoggerFactory.getLogger(Broadcast.class);

  private final String name;
  private final Pictures pictures;
  private final WallClock clock;
  private final SlotPool places = new SlotPool(Preview.MAX_WATCHERS);
  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by the lock, like all below. */
  private final List<PreviewViewer> watchers = new ArrayList<>();

  private boolean encoding;

  /** The thread that encodes now, or the last that did. */
  private NewestSlot<Jpeg> newest = new NewestSlot<>(jpeg -> {});

  Broadcast(String name, Pictures pictures, WallClock clock) {
    this.name = name;
    this.pictures = pictures;
    this.clock = clock;
  }

  Optional<Pictures.NumberedPicture> newest() throws InterruptedException {
    return pictures.newest();
  }

  Optional<Reception> live() {
    return pictures.live();
  }

  boolean isOver() {
    return pictures.isOver();
  }

  PreviewViewer join(int fps, String holder) {
    lock.lock();
    try {
      SlotPool.Slot place = places.take(holder).orElseThrow(() -> tooMany(holder));
      var watcher = new PreviewViewer(this, fps, place, clock);
      watchers.add(watcher);
      if (!encoding) {
        encoding = true;
        newest = new NewestSlot<>(jpeg -> {});
        Thread _ = Thread.ofPlatform().daemon().name("preview-" + name).start(this::encode);
      }
      return watcher;
    } finally {
      lock.unlock();
    }
  }

  private RefusedException tooMany(String holder) {
    return Refusal.of(
            Code.TOO_MANY_WATCHERS,
            places.isUsedUp(holder)
                ? ("%d viewers of your account, key or links watch this session, which is"
                        + " the limit. Close one of them.")
                    .formatted(places.maxPerHolder(holder))
                : "%d viewers watch this session, which is the limit. Close one of them."
                    .formatted(Preview.MAX_WATCHERS))
        .asException();
  }

  void leave(PreviewViewer watcher) {
    lock.lock();
    try {
      boolean _ = watchers.remove(watcher);
      if (watchers.isEmpty()) {
        Optional<Jpeg> _ = newest.take(); // discarded: too old for the next viewer
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for a newer picture, shared by all viewers; empty when none arrives in time or none will
   * follow.
   */
  Optional<Jpeg> awaitNewer(long than, Duration timeout) throws InterruptedException {
    return slot().await(jpeg -> jpeg.number() > than, timeout);
  }

  /** Whether viewers will get no more pictures. */
  boolean hasEnded() {
    lock.lock();
    try {
      return !encoding;
    } finally {
      lock.unlock();
    }
  }

  private void encode() {
    try {
      long due = clock.nanos();
      for (int fps = fps(); fps > 0; fps = fps()) {
        encodeNewest();
        due = Math.max(due + SECOND / fps, clock.nanos());
        clock.awaitNanos(due);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stop();
    } catch (RuntimeException e) {
      LOG.error("session {}: the preview failed", name, e);
      stop();
    }
  }

  /** Highest rate that a viewer wants; 0 ends the encoding thread. */
  private int fps() {
    lock.lock();
    try {
      int fps = isOver() ? 0 : watchers.stream().mapToInt(PreviewViewer::fps).max().orElse(0);
      if (fps == 0) {
        stop();
      }
      return fps;
    } finally {
      lock.unlock();
    }
  }

  private void stop() {
    lock.lock();
    try {
      encoding = false;
      newest.end();
    } finally {
      lock.unlock();
    }
  }

  private void encodeNewest() throws InterruptedException {
    Optional<Pictures.NumberedPicture> seen = pictures.newest();
    if (seen.isPresent()) {
      try (Pictures.NumberedPicture picture = seen.get()) {
        if (isNews(picture.number())) {
          show(new Jpeg(picture.frame().jpeg(SIZE, QUALITY).jpeg(), picture.number()));
        }
      }
    }
  }

  private boolean isNews(long number) {
    return slot().look(Jpeg::number).orElse(0L) < number;
  }

  private void show(Jpeg jpeg) {
    lock.lock();
    try {
      if (!watchers.isEmpty()) {
        newest.replace(jpeg);
      }
    } finally {
      lock.unlock();
    }
  }

  private NewestSlot<Jpeg> slot() {
    lock.lock();
    try {
      return newest;
    } finally {
      lock.unlock();
    }
  }
}
