package framewise.engine.keep;

import framewise.media.MediaTime;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Which pictures of a video there are at one moment.
 *
 * @param begin when the first picture of its life was taken; empty before it
 * @param oldest empty while there is none, like the next
 * @param newest the one taken last
 * @param frames how many there are
 * @param evicted how many there were before them and are gone
 * @param bytes on disk, of the kept pictures alone; 0 for a file
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
  /** No picture came yet. */
  public static final Extent NONE =
      new Extent(
          Optional.empty(), Optional.empty(), Optional.empty(), 0, 0, 0, OptionalDouble.empty());

  /** The time of the newest picture; zero while there is none. */
  public MediaTime length() {
    return newest.map(KeptFrame::time).orElse(MediaTime.ZERO);
  }
}
