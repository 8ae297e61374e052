package framewise.engine.keep;

import framewise.media.MediaTime;
import framewise.media.picture.EncodedPicture;
import java.util.List;
import java.util.Optional;

/**
 * Pictures of a session's video by number and time: the kept ones of live video, or all of a file.
 * Safe for any number of threads.
 */
public interface Footage {
  /** Which picture to choose where none has exactly the requested time. */
  enum Direction {
    /** The closest. */
    NEAREST,
    /** The first at or after the time. */
    FORWARD,
    /** The last at or before the time. */
    BACKWARD
  }

  /**
   * Pictures of an interval.
   *
   * @param frames oldest first
   * @param found number of pictures before thinning to the maximum
   */
  record Window(List<KeptFrame> frames, long found) {
    public Window {
      frames = List.copyOf(frames);
    }
  }

  /** The pictures available now. */
  Extent extent();

  /** The picture with this number; empty where it was evicted or has not been taken. */
  Optional<KeptFrame> frame(long index);

  /**
   * The picture at a time.
   *
   * @param tolerance maximum distance from the time, 0 or more
   * @return empty where none is close enough in that direction
   */
  Optional<KeptFrame> near(MediaTime time, MediaTime tolerance, Direction direction);

  /**
   * The pictures from one time to before another.
   *
   * @param maxFps maximum pictures a second; above 0
   * @param most maximum number of pictures, spread evenly over the interval; at least 1
   */
  Window window(MediaTime start, MediaTime end, double maxFps, int most);

  /**
   * Encoded pictures, in the order of the frames, without those evicted in the meantime. May decode
   * and read from disk, so threads that must not block may not call it.
   */
  List<EncodedPicture> pictures(List<KeptFrame> frames) throws InterruptedException;
}
