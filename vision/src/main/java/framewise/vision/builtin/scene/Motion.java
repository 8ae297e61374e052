package framewise.vision.builtin.scene;

import framewise.media.picture.Frame;
import framewise.media.picture.LumaGrid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The change between the first and the last frame of a clip.
 *
 * @param share part of the picture that changed, 0 to 1
 * @param where such as {@code at the left}; empty when nothing changed or it is spread out
 * @param heading direction of a single moving thing: {@code left}, {@code right}, {@code up} or
 *     {@code down}; empty when unknown
 */
public record Motion(double share, Optional<String> where, Optional<String> heading) {
  /** Maximum frames between the first and last that are compared for the heading. */
  private static final int MAX_STEPS = 5;

  /** Above it, the camera moved or the scene was cut. */
  private static final double WHOLE = 0.6;

  /** Minimum distance, as a part of the picture, for a heading. */
  private static final double MIN_DISTANCE = 0.1;

  /**
   * Compares the first frame with the last, and those in between for the heading.
   *
   * @param frames oldest first, at least two
   */
  public static Motion between(List<Frame> frames) {
    List<LumaGrid> grids = new ArrayList<>();
    int steps = Math.min(MAX_STEPS, frames.size() - 1);
    for (int i = 0; i <= steps; i++) {
      grids.add(LumaGrid.of(frames.get(i * (frames.size() - 1) / steps)));
    }
    PictureChange changes = PictureChange.between(grids.getFirst(), grids.getLast());
    return new Motion(changes.share(), changes.where(), heading(grids));
  }

  public boolean none() {
    return share == 0;
  }

  /** Whether the camera moved or the scene was cut, rather than things moving. */
  public boolean whole() {
    return share > WHOLE;
  }

  /** The heading of a single changed place that never turns back. */
  private static Optional<String> heading(List<LumaGrid> grids) {
    List<PictureChange> steps = new ArrayList<>();
    for (int i = 1; i < grids.size(); i++) {
      steps.add(PictureChange.between(grids.get(i - 1), grids.get(i)));
    }
    if (steps.size() < 2 || !steps.stream().allMatch(PictureChange::compact)) {
      return Optional.empty();
    }
    double across = way(steps.stream().map(PictureChange::x).toList());
    double down = way(steps.stream().map(PictureChange::y).toList());
    if (Math.max(Math.abs(across), Math.abs(down)) < MIN_DISTANCE) {
      return Optional.empty();
    }
    if (Math.abs(across) > Math.abs(down)) {
      return Optional.of(across > 0 ? "right" : "left");
    }
    return Optional.of(down > 0 ? "down" : "up");
  }

  /** The distance from the first to the last, or 0 when it turns back in between. */
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
