package framewise.vision.builtin.scene;

import framewise.media.Frame;
import framewise.vision.builtin.picture.Picture;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Which colours fill a picture, by the names people give them. */
public final class Colours {
  /** Pixels along the longest side: colours that matter survive. */
  private static final int SIDE = 96;

  /** A colour that fills less is not named. */
  private static final double MIN_SHARE = 0.2;

  private static final int MAX_NAMED = 3;

  private Colours() {}

  /** The colours that fill a fifth of the picture or more, the largest first, at most three. */
  public static List<Colour> of(Frame frame) {
    double scale = SIDE / (double) Math.max(SIDE, Math.max(frame.width(), frame.height()));
    Picture small =
        Picture.of(
            frame,
            Math.max(1, (int) Math.round(frame.width() * scale)),
            Math.max(1, (int) Math.round(frame.height() * scale)));
    Map<Colour, Integer> pixels = new EnumMap<>(Colour.class);
    for (int y = 0; y < small.height(); y++) {
      for (int x = 0; x < small.width(); x++) {
        pixels.merge(
            Colour.of(small.sample(x, y, 2), small.sample(x, y, 1), small.sample(x, y, 0)),
            1,
            Integer::sum);
      }
    }
    double least = MIN_SHARE * small.width() * small.height();
    List<Map.Entry<Colour, Integer>> large = new ArrayList<>(pixels.entrySet());
    large.removeIf(entry -> entry.getValue() < least);
    large.sort(Comparator.comparingInt(entry -> -entry.getValue()));
    return large.stream().limit(MAX_NAMED).map(Map.Entry::getKey).toList();
  }
}
