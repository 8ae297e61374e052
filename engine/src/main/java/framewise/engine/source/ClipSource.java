package framewise.engine.source;

import framewise.media.Clip;
import framewise.media.MediaTime;
import framewise.media.Sampling;
import java.util.Optional;

/** Where clips come from. Used by one thread at a time. */
public interface ClipSource extends AutoCloseable {
  /**
   * The clip with the given number, counted from the start of the video.
   *
   * @param sampling which pictures of the video are in it
   * @return the clip, which the caller closes, or empty when the video ends before it
   */
  Optional<Clip> read(Sampling sampling, long index);

  /** How long the video is, where that is known. */
  Optional<MediaTime> duration();

  @Override
  void close();
}
