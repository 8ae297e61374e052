package framewise.engine.source;

import framewise.media.NewestSlot;
import framewise.media.picture.Frame;
import framewise.time.WallClock;
import java.time.Instant;
import java.util.Optional;

/**
 * Slot that holds one picture until a newer one replaces it. The picture's memory is shared with
 * the run, not copied. Safe for any number of threads.
 */
public final class NewestPicture implements Pictures {
  private final WallClock clock;
  private final NewestSlot<NumberedPicture> shown = new NewestSlot<>(NumberedPicture::close);
  private final NewestSlot<Frame> ahead = new NewestSlot<>(Frame::close);
  private long number;

  public NewestPicture(WallClock clock) {
    this.clock = clock;
  }

  /**
   * Stores the newest picture.
   *
   * @param picture remains the caller's
   * @param came when it arrived
   */
  public synchronized void show(Frame picture, Instant came) {
    shown.replace(new NumberedPicture(picture.share(), ++number, came));
  }

  /**
   * Stores a picture that was read ahead. It becomes the newest when the next one is read.
   *
   * @param picture remains the caller's
   */
  public synchronized void readAhead(Frame picture) {
    ahead
        .take()
        .ifPresent(earlier -> shown.replace(new NumberedPicture(earlier, ++number, clock.now())));
    ahead.replace(picture.share());
  }

  /** Number of the newest picture; 0 before the first. */
  synchronized long number() {
    return number;
  }

  /** Removes the picture and accepts no more. */
  public synchronized void end() {
    shown.close();
    ahead.close();
  }

  @Override
  public Optional<NumberedPicture> newest() {
    return shown.look(seen -> new NumberedPicture(seen.frame().share(), seen.number(), seen.at()));
  }

  @Override
  public boolean isOver() {
    return shown.hasEnded();
  }
}
