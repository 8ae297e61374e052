package framewise.engine.source;

import framewise.media.MediaTime;
import framewise.media.Sampling;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Times at which pictures are due, on the video's clock: clip {@code n} starts at {@code
 * fromSeconds + n * everySeconds} and contains evenly spread pictures.
 *
 * @param everySeconds seconds from the start of one clip to the start of the next, above 0
 * @param lengthSeconds length of a clip, above 0
 * @param pictures number of pictures in a clip, at least 1
 * @param fromSeconds start of clip 0, at least 0
 */
public record Schedule(
    double everySeconds, double lengthSeconds, int pictures, double fromSeconds) {
  /** A schedule from the start of the video. */
  public Schedule(double everySeconds, double lengthSeconds, int pictures) {
    this(everySeconds, lengthSeconds, pictures, 0);
  }

  /** Schedule of clips for a model that is asked about each of them. */
  public static Schedule ofClips(Sampling sampling) {
    return new Schedule(
        sampling.delaySeconds(), sampling.clipLengthSeconds(), sampling.framesPerClip());
  }

  /** Schedule of single pictures at a constant rate, for a service that takes the stream. */
  public static Schedule ofPictures(double fps) {
    return new Schedule(1 / fps, 1 / fps, 1);
  }

  /** The same schedule, with clip 0 at another time. */
  public Schedule from(MediaTime start) {
    return new Schedule(everySeconds, lengthSeconds, pictures, start.seconds());
  }

  public MediaTime start(long clip) {
    return MediaTime.ofSeconds(fromSeconds + clip * everySeconds);
  }

  public MediaTime end(long clip) {
    return MediaTime.ofSeconds(fromSeconds + clip * everySeconds + lengthSeconds);
  }

  /** The times of the clip's pictures, ascending from the clip's start. */
  public List<MediaTime> times(long clip) {
    double start = fromSeconds + clip * everySeconds;
    return IntStream.range(0, pictures)
        .mapToObj(i -> MediaTime.ofSeconds(start + i * lengthSeconds / pictures))
        .toList();
  }

  /** The first clip that starts at or after a time. */
  public long firstAt(MediaTime time) {
    long near = Math.max(0, Math.round((time.seconds() - fromSeconds) / everySeconds) - 1);
    while (start(near).isBefore(time)) {
      near++;
    }
    return near;
  }

  /**
   * The first clip of a video that begins at a time: the video's first picture is on show when that
   * clip starts, or just after.
   */
  public long firstOf(MediaTime start) {
    return Math.max(0, (long) Math.floor((start.seconds() - fromSeconds) / everySeconds + 1e-6));
  }

  /** The first clip after one that began at a time, perhaps of another schedule. */
  public long firstAfter(MediaTime time) {
    return firstAt(time.plus(MediaTime.ofSeconds(everySeconds / 2)));
  }

  /**
   * The newest clip whose pictures have all been on show at a time; negative when there is none.
   */
  public long newestAt(MediaTime time) {
    double sinceFirst = time.seconds() - times(0).getLast().seconds();
    return (long) Math.floor(sinceFirst / everySeconds + 1e-6);
  }
}
