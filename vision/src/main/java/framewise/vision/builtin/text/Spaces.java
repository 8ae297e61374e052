package framewise.vision.builtin.text;

import java.util.Arrays;
import java.util.List;

/**
 * Finds the spaces in a line. The recognizer was trained on Chinese and misses many of them, so
 * empty columns of the picture count too. Measured on 4,865 pairs of letters in seven fonts of 16
 * to 60 pixels, 703 of them with a space between: the recognizer alone is wrong 73 times at its
 * usual 0.5 and 34 times at its best threshold, the columns alone 132 times, both together 17.
 */
final class Spaces {
  /** Above it, the recognizer decides alone. */
  private static final float SURE = 0.7f;

  /** Below it there is no space, however wide the gap. */
  private static final float POSSIBLE = 0.01f;

  /** Empty columns of a line 48 pixels high: a quarter of its height. */
  private static final int WIDE_GAP = TextRecognizer.HEIGHT / 4;

  /** A column is empty when nothing differs from the background by this share of the contrast. */
  private static final float INK = 0.3f;

  /** Rows outside the line's middle 5/6, where other lines may show. */
  private static final int MARGIN = TextRecognizer.HEIGHT / 12;

  /** Signs that never follow a space: monospaced fonts leave wide gaps before them. */
  private static final String NEVER_AFTER_GAP = ".,:;!?)/%'";

  private static final String IN_NUMBERS = ".:";

  private final boolean[] ink;

  /**
   * @param luma brightness of the line, {@link TextRecognizer#HEIGHT} rows of {@code width}
   */
  Spaces(float[] luma, int width) {
    float[] sorted = luma.clone();
    Arrays.sort(sorted);
    float ground = sorted[sorted.length / 2];
    float darkest = sorted[sorted.length / 100];
    float brightest = sorted[sorted.length - 1 - sorted.length / 100];
    float contrast = Math.max(ground - darkest, brightest - ground);
    ink = new boolean[width];
    for (int y = MARGIN; y < TextRecognizer.HEIGHT - MARGIN; y++) {
      for (int x = 0; x < width; x++) {
        ink[x] |= Math.abs(luma[y * width + x] - ground) > INK * contrast;
      }
    }
  }

  /**
   * Joins the letters, with spaces.
   *
   * @param stepWidth columns per step of the recognizer
   */
  String join(List<Letter> letters, double stepWidth) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < letters.size(); i++) {
      Letter letter = letters.get(i);
      if (i > 0
          && between(letters.get(i - 1), letter, stepWidth, i > 1 && inNumber(letters, i - 1))) {
        text.append(' ');
      }
      text.append(letter.sign());
    }
    return text.toString();
  }

  /** Whether it is a point or colon between digits, as in 14:35 and 4.2. */
  private static boolean inNumber(List<Letter> letters, int at) {
    return IN_NUMBERS.contains(letters.get(at).sign())
        && digit(letters.get(at - 1))
        && digit(letters.get(at + 1));
  }

  private static boolean digit(Letter letter) {
    return letter.sign().chars().allMatch(Character::isDigit);
  }

  private boolean between(Letter left, Letter right, double stepWidth, boolean inNumber) {
    if (right.spaceBefore() >= SURE) {
      return true;
    }
    return right.spaceBefore() >= POSSIBLE
        && !inNumber
        && !NEVER_AFTER_GAP.contains(right.sign())
        && gap(
                (int) ((left.lastStep() + 0.5) * stepWidth),
                (int) ((right.firstStep() + 0.5) * stepWidth))
            >= WIDE_GAP;
  }

  /** The longest run of empty columns. */
  private int gap(int from, int to) {
    int longest = 0;
    int run = 0;
    for (int x = from; x <= Math.min(to, ink.length - 1); x++) {
      run = ink[x] ? 0 : run + 1;
      longest = Math.max(longest, run);
    }
    return longest;
  }
}
