package framewise.vision.builtin.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The detector's map of each pixel's probability to be text, and the boxes derived from it. The
 * steps and numbers are those of differentiable binarization (Liao et al., 2019) as PP-OCRv4 runs
 * it: threshold, connected parts, smallest rectangle, mean score, expansion to undo training's
 * shrinking.
 */
final class TextMap {
  /** Minimum probability of a text pixel. */
  private static final float PIXEL_THRESHOLD = 0.3f;

  /** Minimum mean probability of a box. */
  private static final double BOX_THRESHOLD = 0.5;

  /** Training shrank every box by this ratio of area to perimeter. */
  private static final double UNCLIP_RATIO = 1.6;

  /** Parts thinner than this many pixels are noise. */
  private static final double MIN_SHORT_SIDE = 3;

  private final float[] likely;
  private final int width;
  private final int height;
  private final boolean[] seen;
  private final int[] stack;

  TextMap(float[] likely, int width, int height) {
    this.likely = likely;
    this.width = width;
    this.height = height;
    this.seen = new boolean[likely.length];
    this.stack = new int[likely.length];
  }

  /** The boxes in pixels of the map, from top to bottom by their first pixel. */
  List<Box> boxes() {
    List<Box> boxes = new ArrayList<>();
    for (int i = 0; i < likely.length; i++) {
      if (likely[i] > PIXEL_THRESHOLD && !seen[i]) {
        Box tight = Box.around(edges(i));
        if (tight.shortSide() >= MIN_SHORT_SIDE && score(tight) >= BOX_THRESHOLD) {
          double area = tight.width() * tight.height();
          double perimeter = 2 * (tight.width() + tight.height());
          boxes.add(tight.grown(area * UNCLIP_RATIO / perimeter));
        }
      }
    }
    return boxes;
  }

  /** The leftmost and rightmost pixel in each row of the connected part around a pixel. */
  private List<Point> edges(int start) {
    int[] left = new int[height];
    int[] right = new int[height];
    Arrays.fill(left, Integer.MAX_VALUE);
    Arrays.fill(right, -1);
    int top = height;
    int bottom = -1;
    int depth = 0;
    stack[depth++] = start;
    seen[start] = true;
    while (depth > 0) {
      int at = stack[--depth];
      int x = at % width;
      int y = at / width;
      left[y] = Math.min(left[y], x);
      right[y] = Math.max(right[y], x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
      for (int ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
        for (int nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
          int next = ny * width + nx;
          if (!seen[next] && likely[next] > PIXEL_THRESHOLD) {
            seen[next] = true;
            stack[depth++] = next;
          }
        }
      }
    }
    List<Point> edges = new ArrayList<>();
    for (int y = top; y <= bottom; y++) {
      edges.add(new Point(left[y], y));
      edges.add(new Point(right[y], y));
    }
    return edges;
  }

  private double score(Box box) {
    int left = Math.max(0, (int) Math.floor(box.centreX() - box.reachX()));
    int right = Math.min(width - 1, (int) Math.ceil(box.centreX() + box.reachX()));
    int top = Math.max(0, (int) Math.floor(box.centreY() - box.reachY()));
    int bottom = Math.min(height - 1, (int) Math.ceil(box.centreY() + box.reachY()));
    double sum = 0;
    int pixels = 0;
    for (int y = top; y <= bottom; y++) {
      for (int x = left; x <= right; x++) {
        if (box.contains(x, y)) {
          sum += likely[y * width + x];
          pixels++;
        }
      }
    }
    return pixels == 0 ? 0 : sum / pixels;
  }
}
