package framewise.engine.source;

import framewise.media.MediaTime;
import framewise.media.VideoInfo;
import java.util.Optional;

/** Pictures of a video, chosen by a schedule. Used by one thread. */
public interface Source extends AutoCloseable {
  /**
   * Waits for the first picture.
   *
   * @return properties of live video once its first picture has arrived; empty for a file, and if
   *     no picture will arrive
   */
  default Optional<VideoInfo> begin() throws InterruptedException {
    return Optional.empty();
  }

  /**
   * Reads the pictures of a clip. A file can be read ahead of time; for live video, the call waits.
   *
   * @return the clip, which the caller closes, or empty where the video is {@link #ending}, shows
   *     nothing new, or the clip is not wanted any more
   */
  Optional<TimedClip> read(Schedule schedule, long index, Timing timing)
      throws InterruptedException;

  /** How the video ended; empty until a clip beyond its end is read. */
  Optional<Ending> ending();

  /**
   * Properties of live video, if the size of its pictures has changed since the last call;
   * otherwise empty. Pictures that are smaller only for moments don't count.
   */
  default Optional<VideoInfo> resized() {
    return Optional.empty();
  }

  /** Position at which a player begins, on the video's clock. */
  default MediaTime start() {
    return MediaTime.ZERO;
  }

  /** Position at which the video ends, on its clock, where that is known. */
  default Optional<MediaTime> duration() {
    return Optional.empty();
  }

  /** Whether clips that were not read count as dropped. */
  boolean countsSkipped();

  /** Called when no lane wants pictures for some time. */
  default void pause() {}

  @Override
  void close();
}
