package framewise.engine.pipeline;

import framewise.engine.source.Ending;
import framewise.media.Frame;
import framewise.media.MediaTime;
import java.util.Optional;

/**
 * Pictures as they fall due, for a back end that takes the stream: I420, at most 720p. Used by one
 * thread at a time, save {@link #shownAt}.
 */
interface PictureFeed extends AutoCloseable {
  /** Begins, or goes on where it was: the next picture is due now. */
  void resume();

  /**
   * Waits for the next picture.
   *
   * @return the frame, which the caller closes, or empty when the video is over
   */
  Optional<Frame> next() throws InterruptedException;

  /** Pictures a second, at most. */
  double fps();

  /**
   * Where in the video a moment was.
   *
   * @param nanos on the steady clock, not long ago
   */
  MediaTime shownAt(long nanos);

  /** How the video ended; asked once it has. */
  Ending ending();

  /** Frees what it plays. */
  @Override
  void close();
}
