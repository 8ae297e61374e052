package framewise.engine.keep;

import framewise.engine.SessionId;
import framewise.engine.source.Pictures;
import framewise.media.picture.EncodedPicture;
import framewise.media.picture.FrameSize;
import framewise.time.WallClock;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps pictures of one live video, at its own rate and on its own thread, so that it delays
 * nothing else. Pictures that arrive while it is busy are skipped and counted.
 */
public final class FrameKeeper implements AutoCloseable {
  private static final int QUALITY = 80;
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long TIMEOUT_MS = 5_000;
  private static final Logger LOG = LoggerFactory.getLogger(FrameKeeper.class);

  private final SessionId session;
  private final FrameStore store;
  private final FrameRing ring;
  private final KeepSettings settings;
  private final Pictures pictures;
  private final WallClock clock;
  private final Thread thread;
  private boolean closed;
  private long seen;

  FrameKeeper(
      SessionId session,
      FrameStore store,
      FrameRing ring,
      KeepSettings settings,
      Pictures pictures,
      WallClock clock) {
    this.session = session;
    this.store = store;
    this.ring = ring;
    this.settings = settings;
    this.pictures = pictures;
    this.clock = clock;
    this.thread = Thread.ofPlatform().daemon().name("keep-" + session).unstarted(this::run);
  }

  /** Starts; repeated calls have no effect. */
  public synchronized void start() {
    if (settings.isOn() && !closed && thread.getState() == Thread.State.NEW) {
      thread.start();
    }
  }

  /** Stops; kept pictures stay. */
  @Override
  public synchronized void close() {
    closed = true;
    if (thread.getState() != Thread.State.NEW) {
      thread.interrupt();
      try {
        thread.join(TIMEOUT_MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    store.ended(session);
  }

  private void run() {
    long interval = (long) (SECOND / settings.fps());
    long due = clock.nanos();
    try {
      while (!pictures.isOver()) {
        clock.awaitNanos(due);
        keepNewest();
        due += interval;
        long late = (clock.nanos() - due) / interval;
        if (late > 0) {
          store.skipped(late);
          due += late * interval;
        }
      }
    } catch (InterruptedException stopped) {
      LOG.debug("{} stopped", thread.getName());
    } catch (RuntimeException e) {
      LOG.error("{}: stopped storing pictures", thread.getName(), e);
    }
  }

  private void keepNewest() throws InterruptedException {
    Optional<Pictures.NumberedPicture> newest = pictures.newest();
    if (newest.isEmpty()) {
      return;
    }
    try (Pictures.NumberedPicture picture = newest.get()) {
      if (picture.number() > seen) {
        seen = picture.number();
        EncodedPicture jpeg =
            store.encoding(() -> picture.frame().jpeg(new FrameSize(settings.maxSide()), QUALITY));
        store.add(ring, jpeg, picture.at());
      }
    }
  }
}
