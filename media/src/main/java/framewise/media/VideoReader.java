package framewise.media;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads chosen pictures out of a video file and decodes no more than these need. Used by one thread
 * at a time.
 */
public final class VideoReader implements AutoCloseable {
  /**
   * Opens the file, which may be untrusted, and reads its first picture to be sure there is one.
   * Nothing but the file itself is ever opened.
   *
   * @throws NotAVideoException when it is no mp4, mov, avi, mkv or webm, or no picture decodes
   */
  public static VideoReader open(Path file, FrameSize size, PixelFormat format)
      throws NotAVideoException {
    throw new UnsupportedOperationException();
  }

  /** Opens, looks and closes. */
  public static VideoInfo probe(Path file) throws NotAVideoException {
    throw new UnsupportedOperationException();
  }

  public VideoInfo info() {
    throw new UnsupportedOperationException();
  }

  /**
   * The picture on show at the given time: the latest that starts at or before it, or the first of
   * the video. Times usually rise from call to call; a time that falls back seeks.
   *
   * @return the frame, which the caller closes, or empty when the video ends before that time
   */
  public Optional<Frame> at(MediaTime time) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
