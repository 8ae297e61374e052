package framewise.media.file;

import framewise.media.OutOfRangeException;
import framewise.media.picture.PictureLimits;

/**
 * Settings of a {@link VideoWriter}.
 *
 * @param codec codec of the pictures
 * @param width pixels, even, 16 to 8192; frames of another size are stretched
 * @param height pixels, even, 16 to 8192
 * @param fps pictures per second, 1 to 120
 * @param keyFrameEvery seconds between key frames, above 0 to 60
 * @param bitsPerSecond target bit rate, 10,000 to 100,000,000; MJPEG uses a quality instead
 */
public record WriterSettings(
    VideoCodec codec, int width, int height, int fps, double keyFrameEvery, int bitsPerSecond) {
  public WriterSettings {
    requireSide("width", width);
    requireSide("height", height);
    require("fps", fps, 1, 120);
    if (!(keyFrameEvery > 0 && keyFrameEvery <= 60)) {
      throw new OutOfRangeException("key_frame_every", keyFrameEvery, "above 0 and at most 60");
    }
    require("bits_per_second", bitsPerSecond, 10_000, 100_000_000);
  }

  /** Settings with a key frame every two seconds and enough bits to keep text sharp. */
  public static WriterSettings of(VideoCodec codec, int width, int height, int fps) {
    long bits = (long) width * height * fps / 10;
    return new WriterSettings(codec, width, height, fps, 2, Math.clamp(bits, 200_000, 100_000_000));
  }

  private static void requireSide(String name, int value) {
    require(name, value, 16, PictureLimits.MAX_SIDE);
    if (value % 2 != 0) {
      throw new OutOfRangeException(name, value, "an even number");
    }
  }

  private static void require(String name, int value, int min, int max) {
    if (value < min || value > max) {
      throw new OutOfRangeException(name, value, "from " + min + " to " + max);
    }
  }
}
