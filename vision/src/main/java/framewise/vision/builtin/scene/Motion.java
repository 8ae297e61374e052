package framewise.vision.builtin.scene;

import framewise.media.Frame;
import framewise.media.LumaGrid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What changed between the first and the last frame of a clip.
 *
 * @param share part of the picture that changed, 0 to 1
 * @param where such as {@code at the left}; empty where nothing changed or it is spread out
 * @param heading where to a single thing moves: {@code left}, {@code right}, {@code up} or {@code
 *     down}; empty where that cannot be told
 */
public record Motion(double share, Optional<String> where, Optional<String> heading) {
  /** Frames between the first and last are looked at for the heading, no more than this. */
  private static final int MAX_STEPS = 5;

  /** Above it the camera moved or the scene was cut. */
  private static final double WHOLE = 0.6;

  /** The way gone, as a part of the picture, that makes a heading. */
  private static final double MIN_WAY = 0.1;

  /**
   * Compares the first with the last, and looks between them for the heading.
   *
   * @param frames oldest first, at least two
   */
  public static Motion between(List<Frame> frames) {
    List<LumaGrid> grids = new ArrayList<>();
    int steps = Math.min(MAX_STEPS, frames.size() - 1);
    for (int i = 0; i <= steps; i++) {
      grids.add(LumaGrid.of(frames.get(i * (frames.size() - 1) / steps)));
    }
    Changes changes = Changes.between(grids.getFirst(), grids.getLast());
    return new Motion(changes.share(), changes.where(), heading(grids));
  }

  public boolean none() {
    return share == 0;
  }

  /** A cut or a moving camera rather than things that move. */
  public boolean whole() {
    return share > WHOLE;
  }

  /** A way that never turns back, gone by one changed place. */
  private static Optional<String> heading(List<LumaGrid> grids) {
    List<Changes> steps = new ArrayList<>();
    for (int i = 1; i < grids.size(); i++) {
      steps.add(Changes.between(grids.get(i - 1), grids.get(i)));
    }
    if (steps.size() < 2 || !steps.stream().allMatch(Changes::compact)) {
      return Optional.empty();
    }
    double across = way(steps.stream().map(Changes::x).toList());
    double down = way(steps.stream().map(Changes::y).toList());
    if (Math.max(Math.abs(across), Math.abs(down)) < MIN_WAY) {
      return Optional.empty();
    }
    if (Math.abs(across) > Math.abs(down)) {
      return Optional.of(across > 0 ? "right" : "left");
    }
    return Optional.of(down > 0 ? "down" : "up");
  }

  /** From the first to the last, or 0 when it turns back in between. */
  private static double way(List<Double> places) {
    double way = places.getLast() - places.getFirst();
    for (int i = 1; i < places.size(); i++) {
      if ((places.get(i) - places.get(i - 1)) * way < 0) {
        return 0;
      }
    }
    return way;
  }
}
