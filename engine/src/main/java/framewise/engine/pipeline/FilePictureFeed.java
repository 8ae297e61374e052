package framewise.engine.pipeline;

import framewise.engine.WallClock;
import framewise.engine.source.Ending;
import framewise.engine.source.FilePictures;
import framewise.media.Frame;
import framewise.media.MediaTime;
import java.util.Optional;

/**
 * Plays a file by the video's own clock. One picture is read ahead while it is waited for; pictures
 * that are over before they could be read are never read.
 */
final class FilePictureFeed implements PictureFeed {
  private final FilePictures pictures;
  private final boolean loop;
  private final WallClock clock;

  /** The number of the picture that comes next. */
  private long picture;

  /** When the video's first picture was on show, or would have been. */
  private volatile long zeroNanos;

  /**
   * @param pictures are closed with this
   * @param from where to begin
   */
  FilePictureFeed(FilePictures pictures, boolean loop, WallClock clock, MediaTime from) {
    this.pictures = pictures;
    this.loop = loop;
    this.clock = clock;
    this.picture = pictures.at(from);
    this.zeroNanos = clock.nanos();
  }

  @Override
  public void resume() {
    zeroNanos = clock.nanos() - nanos(pictures.time(picture));
  }

  @Override
  public Optional<Frame> next() throws InterruptedException {
    Optional<Frame> frame = pictures.read(picture);
    if (frame.isEmpty() && loop && picture > 0) {
      long zero = zeroNanos; // changed by this thread alone
      zeroNanos = zero + nanos(pictures.duration().orElse(pictures.time(picture)));
      picture = 0;
      frame = pictures.read(picture);
    }
    if (frame.isEmpty()) {
      return frame;
    }
    try {
      clock.awaitNanos(zeroNanos + nanos(pictures.time(picture)));
    } catch (InterruptedException stopped) {
      frame.get().close();
      throw stopped;
    }
    picture = Math.max(picture + 1, pictures.at(shownAt(clock.nanos())));
    return frame;
  }

  @Override
  public double fps() {
    return pictures.fps();
  }

  @Override
  public MediaTime shownAt(long nanos) {
    return new MediaTime(Math.max(0, nanos - zeroNanos) / 1_000);
  }

  @Override
  public Ending ending() {
    return Ending.OF_FILE;
  }

  @Override
  public void close() {
    pictures.close();
  }

  private static long nanos(MediaTime time) {
    return time.micros() * 1_000;
  }
}
