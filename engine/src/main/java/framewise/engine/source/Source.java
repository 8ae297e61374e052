package framewise.engine.source;

import framewise.media.MediaTime;
import framewise.media.VideoInfo;
import java.util.Optional;

/** Which pictures of a video are on show when a schedule asks for them. Used by one thread. */
public interface Source extends AutoCloseable {
  /**
   * Waits until there is something to see.
   *
   * @return what is known of live video once its first picture is here; empty for a file, and where
   *     there will be no picture
   */
  default Optional<VideoInfo> begin() throws InterruptedException {
    return Optional.empty();
  }

  /**
   * The pictures of a clip. A file is read ahead of time; live video is waited for.
   *
   * @return the clip, which the caller closes, or empty where the video is {@link #over}, shows
   *     nothing new, or the clip is not wanted any more
   */
  Optional<TimedClip> read(Schedule schedule, long index, Timing timing)
      throws InterruptedException;

  /** How the video ended; empty while the last clip that was read is not beyond its end. */
  Optional<Ending> over();

  /**
   * What is known of live video whose pictures became larger than any before, since this was asked
   * last; empty where they did not.
   */
  default Optional<VideoInfo> grown() {
    return Optional.empty();
  }

  /** When a player of the video begins, on the video's clock. */
  default MediaTime start() {
    return MediaTime.ZERO;
  }

  /** When the video ends, on its clock, where that is known. */
  default Optional<MediaTime> duration() {
    return Optional.empty();
  }

  /** Whether clips that nobody read were missed, rather than never there. */
  boolean countsSkipped();

  /** Nobody wants pictures for some time. */
  default void pause() {}

  @Override
  void close();
}
