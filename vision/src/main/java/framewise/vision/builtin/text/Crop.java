package framewise.vision.builtin.text;

import framewise.vision.builtin.picture.Picture;
import java.util.Arrays;

/** The pixels under a box, rotated upright. */
final class Crop {
  /** Receives a sample: its place, its channel (blue, green, red) and its value, 0 to 255. */
  interface Sink {
    void take(int x, int y, int channel, float value);
  }

  private final Picture picture;
  private final Box box;

  Crop(Picture picture, Box box) {
    this.picture = picture;
    this.box = box;
  }

  /**
   * Samples bilinearly, averaging several samples when it reduces, so that strokes neither vanish
   * nor break up. Beyond the picture, its edge is repeated.
   */
  void stretch(int width, int height, Sink sink) {
    int across = samples(box.width() / width);
    int down = samples(box.height() / height);
    double cos = Math.cos(box.angle());
    double sin = Math.sin(box.angle());
    float[] sum = new float[3];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        Arrays.fill(sum, 0);
        for (int j = 0; j < down; j++) {
          double v = ((y + (j + 0.5) / down) / height - 0.5) * box.height();
          for (int i = 0; i < across; i++) {
            double u = ((x + (i + 0.5) / across) / width - 0.5) * box.width();
            add(
                sum,
                box.centreX() + u * cos - v * sin - 0.5,
                box.centreY() + u * sin + v * cos - 0.5);
          }
        }
        for (int channel = 0; channel < 3; channel++) {
          sink.take(x, y, channel, sum[channel] / (across * down));
        }
      }
    }
  }

  private static int samples(double shrink) {
    return Math.clamp((int) Math.ceil(shrink), 1, 8);
  }

  private void add(float[] sum, double x, double y) {
    double inX = Math.clamp(x, 0, picture.width() - 1);
    double inY = Math.clamp(y, 0, picture.height() - 1);
    int left = (int) inX;
    int top = (int) inY;
    int right = Math.min(left + 1, picture.width() - 1);
    int bottom = Math.min(top + 1, picture.height() - 1);
    float fx = (float) (inX - left);
    float fy = (float) (inY - top);
    for (int channel = 0; channel < 3; channel++) {
      float upper =
          picture.sample(left, top, channel) * (1 - fx) + picture.sample(right, top, channel) * fx;
      float lower =
          picture.sample(left, bottom, channel) * (1 - fx)
              + picture.sample(right, bottom, channel) * fx;
      sum[channel] += upper * (1 - fy) + lower * fy;
    }
  }
}
