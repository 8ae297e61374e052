package framewise.vision.builtin.scene;

import framewise.media.picture.Frame;
import framewise.vision.builtin.picture.Picture;
import framewise.vision.builtin.picture.Rectangle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Finds the main colours of a picture, by their common names. */
public final class MainColours {
  /** Pixels on the longest side: enough for the colours that matter. */
  private static final int SIDE = 96;

  /** Minimum share of a colour that is named. */
  private static final double MIN_SHARE = 0.2;

  private static final int MAX_COLOURS = 3;

  /** Pixels on the longer side of a thing. */
  private static final double THING_SIDE = 96;

  /** Share of each side of a thing's place that shows mostly background. */
  private static final double MARGIN = 0.25;

  private static final double MIN_THING_SHARE = 0.35;

  /**
   * Minimum share of a chromatic colour: lower, because glass, tyres, shadows and the road are
   * grey.
   */
  private static final double MIN_PAINT_SHARE = 0.2;

  /** Reflections on red paint are pink; a pink thing has hardly any red. */
  private static final double RED_SHARE = 0.1;

  private static final Set<Colour> GREYS =
      EnumSet.of(Colour.BLACK, Colour.DARK_GREY, Colour.GREY, Colour.WHITE);

  private MainColours() {}

  /** At most three colours that fill a fifth of the picture or more, the largest first. */
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
    return large.stream().limit(MAX_COLOURS).map(Map.Entry::getKey).toList();
  }

  /** The dominant colour in the middle of a place; empty when none leads clearly. */
  public static Optional<Colour> within(Frame frame, Rectangle place) {
    double scale = THING_SIDE / Math.max(THING_SIDE, longer(place));
    Picture small =
        Picture.of(
            frame,
            Math.max(1, (int) Math.round(frame.width() * scale)),
            Math.max(1, (int) Math.round(frame.height() * scale)));
    Rectangle middle =
        new Rectangle(
                at(place.left(), place.right(), MARGIN),
                at(place.top(), place.bottom(), MARGIN),
                at(place.left(), place.right(), 1 - MARGIN),
                at(place.top(), place.bottom(), 1 - MARGIN))
            .scaled(scale, scale)
            .within(small.width(), small.height());
    Map<Colour, Integer> pixels = new EnumMap<>(Colour.class);
    int all = 0;
    for (int y = (int) middle.top(); y < middle.bottom(); y++) {
      for (int x = (int) middle.left(); x < middle.right(); x++) {
        pixels.merge(
            Colour.of(small.sample(x, y, 2), small.sample(x, y, 1), small.sample(x, y, 0)),
            1,
            Integer::sum);
        all++;
      }
    }
    int pixelsInAll = all;
    if (pixels.getOrDefault(Colour.RED, 0) >= RED_SHARE * all) {
      pixels.merge(Colour.RED, pixels.getOrDefault(Colour.PINK, 0), Integer::sum);
      pixels.remove(Colour.PINK);
    }
    return leading(pixels, colour -> !GREYS.contains(colour), MIN_PAINT_SHARE * pixelsInAll)
        .or(() -> leading(pixels, colour -> true, MIN_THING_SHARE * pixelsInAll));
  }

  private static Optional<Colour> leading(
      Map<Colour, Integer> pixels, Predicate<Colour> which, double least) {
    return pixels.entrySet().stream()
        .filter(entry -> which.test(entry.getKey()) && entry.getValue() >= least)
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey);
  }

  private static double longer(Rectangle place) {
    return Math.max(place.right() - place.left(), place.bottom() - place.top());
  }

  private static double at(double from, double to, double share) {
    return from + (to - from) * share;
  }
}
