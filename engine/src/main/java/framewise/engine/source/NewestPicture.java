package framewise.engine.source;

import framewise.engine.WallClock;
import framewise.media.Frame;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds one picture until a newer one takes its place. The memory is shared with the run that looks
 * at it, not copied. Safe for any number of threads.
 */
public final class NewestPicture implements Pictures {
  private final WallClock clock;
  private @Nullable Frame shown;
  private @Nullable Frame ahead;
  private long number;
  private Instant at;
  private boolean over;

  public NewestPicture(WallClock clock) {
    this.clock = clock;
    this.at = clock.now();
  }

  /**
   * This is the newest now.
   *
   * @param picture stays the caller's
   * @param came when
   */
  public synchronized void show(Frame picture, Instant came) {
    if (!over) {
      take(picture.share(), came);
    }
  }

  /**
   * A picture was read before its time: it is the newest once the one after it is read.
   *
   * @param picture stays the caller's
   */
  public synchronized void readAhead(Frame picture) {
    if (over) {
      return;
    }
    if (ahead != null) {
      take(ahead, clock.now());
    }
    ahead = picture.share();
  }

  /** Nothing is shown any more. */
  public synchronized void end() {
    over = true;
    close(shown);
    close(ahead);
    shown = null;
    ahead = null;
  }

  @Override
  public synchronized Optional<Seen> newest() {
    return Optional.ofNullable(shown).map(picture -> new Seen(picture.share(), number, at));
  }

  @Override
  public synchronized boolean isOver() {
    return over;
  }

  private void take(Frame newer, Instant came) {
    close(shown);
    shown = newer;
    at = came;
    number++;
  }

  private static void close(@Nullable Frame frame) {
    if (frame != null) {
      frame.close();
    }
  }
}
