package framewise.media;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Which pictures of a video are sampled. Clip {@code n} is the window of {@code clipLengthSeconds}
 * that opens at {@code n * delaySeconds}; it holds {@code max(1, round(fps * samplingRatio *
 * clipLengthSeconds))} frames, evenly spaced from its start. Windows overlap when the delay is
 * shorter than the clip, and leave gaps when it is longer. Names, ranges and arithmetic are those
 * of the Overshoot API v0.2.
 *
 * @param fps nominal frames per second of the source, above 0 to 120; need not be the true rate
 * @param samplingRatio share of these frames that is sampled, above 0 to 1
 * @param clipLengthSeconds length of a window in seconds of video, 0.1 to 60
 * @param delaySeconds from one window's start to the next, in seconds of video, 0.05 to 3600
 */
public record Sampling(
    double fps, double samplingRatio, double clipLengthSeconds, double delaySeconds) {
  public static final double MAX_FPS = 120;
  public static final double MIN_CLIP_LENGTH_SECONDS = 0.1;
  public static final double MAX_CLIP_LENGTH_SECONDS = 60;
  public static final double MIN_DELAY_SECONDS = 0.05;
  public static final double MAX_DELAY_SECONDS = 3600;

  /** Maximum frames per clip; longer clips are thinned out evenly, because no model takes more. */
  public static final int MAX_FRAMES_PER_CLIP = 64;

  /** One frame per second. */
  public static final Sampling DEFAULT = new Sampling(1.0, 0.1, 0.1, 1.0);

  public Sampling {
    requireAboveZero("fps", fps, MAX_FPS);
    requireAboveZero("sampling_ratio", samplingRatio, 1);
    require(
        "clip_length_seconds", clipLengthSeconds, MIN_CLIP_LENGTH_SECONDS, MAX_CLIP_LENGTH_SECONDS);
    require("delay_seconds", delaySeconds, MIN_DELAY_SECONDS, MAX_DELAY_SECONDS);
  }

  /** From 1 to {@link #MAX_FRAMES_PER_CLIP}. */
  public int framesPerClip() {
    long frames = Math.round(fps * samplingRatio * clipLengthSeconds);
    return Math.clamp(frames, 1, MAX_FRAMES_PER_CLIP);
  }

  /** Clips that start per minute of video. */
  public double clipsPerMinute() {
    return 60 / delaySeconds;
  }

  public MediaTime start(long clip) {
    return MediaTime.ofSeconds(clip * delaySeconds);
  }

  public MediaTime end(long clip) {
    return MediaTime.ofSeconds(clip * delaySeconds + clipLengthSeconds);
  }

  /** The first clip that starts at a time or after it. */
  public long firstAt(MediaTime time) {
    long near = Math.max(0, Math.round(time.seconds() / delaySeconds) - 1);
    while (start(near).isBefore(time)) {
      near++;
    }
    return near;
  }

  /**
   * The clip that follows one that began at a time under other sampling: the first that begins at
   * least half a delay later.
   */
  public long firstAfter(MediaTime time) {
    return firstAt(time.plus(MediaTime.ofSeconds(delaySeconds / 2)));
  }

  /** The times of the frames in ascending order; the first is the window's start. */
  public List<MediaTime> frameTimes(long clip) {
    int frames = framesPerClip();
    double start = clip * delaySeconds;
    return IntStream.range(0, frames)
        .mapToObj(i -> MediaTime.ofSeconds(start + i * clipLengthSeconds / frames))
        .toList();
  }

  private static void requireAboveZero(String name, double value, double max) {
    if (!(value > 0 && value <= max)) {
      throw new OutOfRangeException(name, value, "above 0 and at most " + number(max));
    }
  }

  private static void require(String name, double value, double min, double max) {
    if (!(value >= min && value <= max)) {
      throw new OutOfRangeException(name, value, "from " + number(min) + " to " + number(max));
    }
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
