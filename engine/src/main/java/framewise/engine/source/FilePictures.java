package framewise.engine.source;

import framewise.media.Frame;
import framewise.media.FrameSize;
import framewise.media.MediaTime;
import framewise.media.NotAVideoException;
import framewise.media.PixelFormat;
import framewise.media.VideoInfo;
import framewise.media.VideoReader;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Pictures out of a video file at an even rate, for those who watch it elsewhere: at most 720p, in
 * I420. No more is decoded than these pictures need; where that saves work a picture may be up to
 * half an interval off. Used by one thread at a time.
 */
public final class FilePictures implements AutoCloseable {
  private static final int SMALLEST_SIDE = 16;

  private final VideoReader reader;
  private final double fps;
  private final NewestPicture newest;

  private FilePictures(VideoReader reader, double fps, NewestPicture newest) {
    this.reader = reader;
    this.fps = fps;
    this.newest = newest;
  }

  /**
   * Opens a file.
   *
   * @param video what is known of it
   * @param fps pictures a second wanted; no more are given than the video has
   * @param newest shows them to those who look on, and ends with this
   * @throws NotAVideoException when the file is gone or was damaged since it was uploaded
   */
  public static FilePictures open(Path file, VideoInfo video, double fps, NewestPicture newest)
      throws NotAVideoException {
    double rate = rate(video, fps);
    MediaTime half = MediaTime.ofSeconds(0.5 / rate);
    return new FilePictures(
        VideoReader.open(file, size(video), PixelFormat.I420, half), rate, newest);
  }

  /** How many pictures a second are given: what was wanted, and never more than the video has. */
  public static double rate(VideoInfo video, double wanted) {
    return video.fps() > 0 ? Math.min(wanted, video.fps()) : wanted;
  }

  /** Pictures a second. */
  public double fps() {
    return fps;
  }

  /** When a picture is on show, on the video's clock; the first is 0. */
  public MediaTime time(long picture) {
    return MediaTime.ofSeconds(picture / fps);
  }

  /** The number of the picture on show at a time, or of the first after it. */
  public long at(MediaTime time) {
    return (long) Math.ceil(time.seconds() * fps - 1e-6);
  }

  /**
   * A picture by its number.
   *
   * @return the frame, which the caller closes, or empty when the video ends before it
   */
  public Optional<Frame> read(long picture) {
    Optional<Frame> frame = reader.at(time(picture));
    frame.ifPresent(newest::readAhead);
    return frame;
  }

  /** How long the video is, where that is known. */
  public Optional<MediaTime> duration() {
    return reader.info().duration();
  }

  @Override
  public void close() {
    newest.end();
    reader.close();
  }

  private static FrameSize size(VideoInfo video) {
    int longest = Math.max(video.width(), video.height());
    double side = Math.floor(longest * Scale720.of(video.width(), video.height()));
    return new FrameSize((int) Math.max(SMALLEST_SIDE, side));
  }
}
