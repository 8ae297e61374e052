package framewise.engine.source;

import framewise.media.MediaTime;
import framewise.media.VideoInfo;
import java.util.Optional;

/** Pictures of a video, chosen by a schedule. Used by one thread. */
public interface Source extends AutoCloseable {
  /**
   * Waits for the first picture.
   *
   * @return properties of live video once its first picture is here; empty for a file, and where no
   *     picture will come
   */
  default Optional<VideoInfo> begin() throws InterruptedException {
    return Optional.empty();
  }

  /**
   * The pictures of a clip. A file is read ahead of time; for live video the call waits.
   *
   * @return the clip, which the caller closes, or empty where the video is {@link #over}, shows
   *     nothing new, or the clip is not wanted any more
   */
  Optional<TimedClip> read(Schedule schedule, long index, Timing timing)
      throws InterruptedException;

  /** How the video ended; empty while the last clip read is not beyond its end. */
  Optional<Ending> over();

  /**
   * Properties of live video whose pictures have another size than before, since the last call;
   * empty where they have not. Pictures that are smaller for moments only don't count.
   */
  default Optional<VideoInfo> resized() {
    return Optional.empty();
  }

  /** Position at which a player of the video begins, on the video's clock. */
  default MediaTime start() {
    return MediaTime.ZERO;
  }

  /** Position at which the video ends, on its clock, where that is known. */
  default Optional<MediaTime> duration() {
    return Optional.empty();
  }

  /** Whether clips that were not read count as dropped, rather than as never made. */
  boolean countsSkipped();

  /** No lane wants pictures for some time. */
  default void pause() {}

  @Override
  void close();
}
