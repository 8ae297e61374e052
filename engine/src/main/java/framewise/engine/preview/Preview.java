package framewise.engine.preview;

import framewise.engine.Refusal;
import framewise.engine.Refusal.Code;
import framewise.engine.RefusedException;
import framewise.engine.source.Pictures;
import framewise.engine.source.Reception;
import framewise.time.WallClock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Preview of a session's pictures for viewers. Costs nothing while there are none. Safe for any
 * number of threads.
 */
public final class Preview {
  /** Range of a viewer's rate, in pictures a second. */
  public static final int MIN_FPS = 1;

  public static final int MAX_FPS = 15;
  public static final int DEFAULT_FPS = 5;

  /** Maximum number of viewers of one session. */
  public static final int MAX_WATCHERS = 16;

  private final String name;
  private final WallClock clock;
  private @Nullable Broadcast current;

  /**
   * @param name of the session, for thread names
   */
  public Preview(String name, WallClock clock) {
    this.name = name;
    this.clock = clock;
  }

  /** Starts showing the pictures of a run; viewers of an earlier run learn that it is over. */
  public synchronized void show(Pictures pictures) {
    current = new Broadcast(name, pictures, clock);
  }

  /**
   * Newest picture and its time. May convert it, which is native work.
   *
   * @return the picture, which the caller closes
   * @throws RefusedException when the session is not streaming, or has no picture yet
   */
  public Pictures.NumberedPicture newest() throws InterruptedException {
    return live().newest().orElseThrow(Preview::noPicture);
  }

  /**
   * Adds a viewer.
   *
   * @param fps maximum pictures a second; {@link #MIN_FPS} to {@link #MAX_FPS}
   * @param holder who watches; a holder may use at most half of the places
   * @throws RefusedException when the session is not streaming, has no picture yet, or has too many
   *     viewers
   */
  public PreviewViewer watch(int fps, String holder) throws InterruptedException {
    Broadcast broadcast = live();
    Optional<Pictures.NumberedPicture> first = broadcast.newest();
    if (first.isEmpty()) {
      throw noPicture();
    }
    first.get().close();
    return broadcast.join(fps, holder);
  }

  /** Connection state of the source; empty for files, and while nothing runs. */
  public Optional<Reception> reception() {
    return current().flatMap(Broadcast::live);
  }

  private synchronized Optional<Broadcast> current() {
    return Optional.ofNullable(current);
  }

  private synchronized Broadcast live() {
    if (current == null || current.isOver()) {
      throw Refusal.of(
              Code.WRONG_STATUS,
              "This session is not streaming, so it has no current picture. Start it first.")
          .asException();
    }
    return current;
  }

  private static RefusedException noPicture() {
    return Refusal.of(
            Code.NO_PICTURE,
            "No picture of this session's video has arrived yet. Try again in a moment.")
        .asException();
  }
}
