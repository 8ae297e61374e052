package framewise.engine.keep;

import framewise.media.MediaTime;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Pictures available of a video at one moment.
 *
 * @param begin when the session's first picture was taken; empty before the first
 * @param oldest the oldest picture; empty while there is none, as is {@code newest}
 * @param newest the picture taken last
 * @param frames number of available pictures
 * @param evicted number of earlier pictures, now deleted
 * @param bytes size on disk of the kept pictures; 0 for a file
 * @param recentFps pictures a second over the newest few; empty with fewer than two
 */
public record Extent(
    Optional<Instant> begin,
    Optional<KeptFrame> oldest,
    Optional<KeptFrame> newest,
    long frames,
    long evicted,
    long bytes,
    OptionalDouble recentFps) {
  /** Before the first picture. */
  public static final Extent NONE =
      new Extent(
          Optional.empty(), Optional.empty(), Optional.empty(), 0, 0, 0, OptionalDouble.empty());

  /** The time of the newest picture; zero while there is none. */
  public MediaTime length() {
    return newest.map(KeptFrame::time).orElse(MediaTime.ZERO);
  }
}
