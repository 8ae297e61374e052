package framewise.vision.builtin.text;

import framewise.vision.builtin.picture.Luma;
import framewise.vision.builtin.picture.Picture;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A cache of lines that were read. An unchanged line is not read again: most text in a video stands
 * still, and comparing costs 1 % of reading. Lines are found by their pixels, so it does not matter
 * which video they come from. Thread-safe.
 */
final class LineMemory {
  /** About 3 MB when full. */
  private static final int MAX_LINES = 256;

  /** Maximum movement of an unchanged line's box, as a share of its height. */
  private static final double SAME_PLACE = 0.12;

  /** Extra area that is compared, as a share of the height: text may have grown. */
  private static final double MARGIN = 0.15;

  private static final int HEIGHT = 24;
  private static final int MAX_WIDTH = 512;
  private static final int BLOCK = 6;

  /**
   * A block that differs by more than this share of the line's contrast has changed. A full stop
   * that becomes a comma differs by 0.055.
   */
  private static final float CHANGED = 0.05f;

  /** Of 256 levels: the noise of good video. */
  private static final float NOISE = 3;

  /** Ordered from the least to the most recently used. */
  private final Set<LineEntry> lines = new LinkedHashSet<>();

  /** The line in the box, if known. */
  Optional<TextLine> recall(Picture picture, Box box) {
    for (LineEntry candidate : snapshot()) {
      if (candidate.fits(picture, box) && !candidate.changed(picture)) {
        touch(candidate);
        return Optional.of(candidate.line);
      }
    }
    return Optional.empty();
  }

  void keep(Picture picture, Box box, TextLine line) {
    touch(new LineEntry(picture, box, line));
  }

  private synchronized LineEntry[] snapshot() {
    return lines.toArray(LineEntry[]::new);
  }

  private synchronized void touch(LineEntry line) {
    lines.remove(line);
    lines.add(line);
    if (lines.size() > MAX_LINES) {
      lines.remove(lines.iterator().next());
    }
  }

  private static final class LineEntry {
    private final int pictureWidth;
    private final int pictureHeight;
    private final Box box;
    private final TextLine line;
    private final int width;
    private final float[] luma;
    private final float threshold;

    LineEntry(Picture picture, Box box, TextLine line) {
      this.pictureWidth = picture.width();
      this.pictureHeight = picture.height();
      this.box = box;
      this.line = line;
      this.width =
          Math.clamp(
              Math.round(HEIGHT * box.width() / Math.max(1, box.height())), BLOCK, MAX_WIDTH);
      this.luma = look(picture);
      float[] sorted = luma.clone();
      Arrays.sort(sorted);
      float contrast =
          sorted[sorted.length - 1 - sorted.length / 100] - sorted[sorted.length / 100];
      this.threshold = Math.max(NOISE, CHANGED * contrast);
    }

    boolean fits(Picture picture, Box other) {
      double near = SAME_PLACE * Math.min(box.shortSide(), other.shortSide());
      return picture.width() == pictureWidth
          && picture.height() == pictureHeight
          && Math.abs(box.centreX() - other.centreX()) < near
          && Math.abs(box.centreY() - other.centreY()) < near
          && Math.abs(box.width() - other.width()) < 2 * near
          && Math.abs(box.height() - other.height()) < 2 * near;
    }

    boolean changed(Picture picture) {
      float[] now = look(picture);
      for (int top = 0; top < HEIGHT; top += BLOCK) {
        for (int left = 0; left < width; left += BLOCK) {
          if (difference(now, left, top) > threshold) {
            return true;
          }
        }
      }
      return false;
    }

    private float difference(float[] now, int left, int top) {
      int right = Math.min(width, left + BLOCK);
      float sum = 0;
      for (int y = top; y < top + BLOCK; y++) {
        for (int x = left; x < right; x++) {
          sum += Math.abs(now[y * width + x] - luma[y * width + x]);
        }
      }
      return sum / ((right - left) * BLOCK);
    }

    private float[] look(Picture picture) {
      float[] seen = new float[width * HEIGHT];
      new Crop(picture, box.grown(MARGIN * box.shortSide()))
          .stretch(
              width,
              HEIGHT,
              (x, y, channel, value) -> seen[y * width + x] += value * Luma.weight(channel));
      return seen;
    }
  }
}
