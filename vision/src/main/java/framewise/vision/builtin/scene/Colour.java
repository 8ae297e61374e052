package framewise.vision.builtin.scene;

import java.util.Locale;

/** A colour by its common name, chosen by hue, saturation and brightness. */
public enum Colour {
  BLACK,
  DARK_GREY,
  GREY,
  WHITE,
  RED,
  ORANGE,
  YELLOW,
  GREEN,
  TURQUOISE,
  BLUE,
  PURPLE,
  PINK,
  BROWN;

  /** The name, such as {@code dark grey}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /**
   * @param red 0 to 255
   * @param green 0 to 255
   * @param blue 0 to 255
   */
  static Colour of(int red, int green, int blue) {
    int max = Math.max(red, Math.max(green, blue));
    int range = max - Math.min(red, Math.min(green, blue));
    if (max < 45) {
      return BLACK;
    }
    double saturation = range / (double) max;
    if (saturation < 0.18) {
      return max < 100 ? DARK_GREY : max < 205 ? GREY : WHITE;
    }
    double hue = hue(red, green, blue, max, range);
    if (hue < 15 || hue >= 335) {
      return saturation < 0.5 && max > 180 ? PINK : max < 110 && hue < 15 ? BROWN : RED;
    }
    if (hue < 45) {
      return max < 170 ? BROWN : ORANGE;
    }
    return hue < 70
        ? YELLOW
        : hue < 160 ? GREEN : hue < 195 ? TURQUOISE : hue < 260 ? BLUE : hue < 300 ? PURPLE : PINK;
  }

  /** The hue in degrees: red is 0, green 120, blue 240. */
  private static double hue(int red, int green, int blue, int max, int range) {
    double sixth;
    if (max == red) {
      sixth = (green - blue) / (double) range;
    } else if (max == green) {
      sixth = 2 + (blue - red) / (double) range;
    } else {
      sixth = 4 + (red - green) / (double) range;
    }
    return (sixth * 60 + 360) % 360;
  }
}
