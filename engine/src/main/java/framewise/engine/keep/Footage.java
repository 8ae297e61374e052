package framewise.engine.keep;

import framewise.media.EncodedPicture;
import framewise.media.MediaTime;
import java.util.List;
import java.util.Optional;

/**
 * The pictures that can be had of a session's video: those of live video that are kept, or all of a
 * file. Safe for any number of threads.
 */
public interface Footage {
  /** Which picture is meant where none is at the time itself. */
  enum Direction {
    /** The one closest to it. */
    NEAREST,
    /** The first at or after it. */
    FORWARD,
    /** The last at or before it. */
    BACKWARD
  }

  /**
   * The pictures of a stretch of time.
   *
   * @param frames the oldest first
   * @param found how many there were before they were thinned out to the most that were wanted
   */
  record Window(List<KeptFrame> frames, long found) {
    public Window {
      frames = List.copyOf(frames);
    }
  }

  /** Which pictures there are now. */
  Extent extent();

  /** The picture with this number; empty where it is gone or has not been taken. */
  Optional<KeptFrame> frame(long index);

  /**
   * The picture of a moment.
   *
   * @param tolerance how far from the time it may be, 0 or more
   * @return empty where none is that close on that side
   */
  Optional<KeptFrame> near(MediaTime time, MediaTime tolerance, Direction direction);

  /**
   * The pictures from a time on until before another.
   *
   * @param maxFps pictures a second, at most; above 0
   * @param most so many pictures at most, spread evenly over the window; at least 1
   */
  Window window(MediaTime start, MediaTime end, double maxFps, int most);

  /**
   * The pictures themselves, in the order of the frames; those that are gone by now are left out.
   * May decode and read from disk: not for threads that must not wait.
   */
  List<EncodedPicture> pictures(List<KeptFrame> frames) throws InterruptedException;
}
