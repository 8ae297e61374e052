package framewise.vision.builtin.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Decodes the recognizer's steps to letters: the likeliest sign of each step, without repeats and
 * blanks (connectionist temporal classification, Graves et al., 2006, greedy). Sign 0 is the blank,
 * the last one the space; between them is the model's list.
 */
final class CtcDecoder {
  private final List<String> signs;

  /**
   * @param signs the model's list, without blank and space
   */
  CtcDecoder(List<String> signs) {
    this.signs = List.copyOf(signs);
  }

  /**
   * @param likely one row of likelihoods per step: blank, signs, space
   */
  List<Letter> decode(float[] likely) {
    int classes = signs.size() + 2;
    int space = classes - 1;
    List<Letter> letters = new ArrayList<>();
    int last = 0;
    float spaceBefore = 0;
    for (int step = 0; (step + 1) * classes <= likely.length; step++) {
      int row = step * classes;
      int best = best(likely, row, classes);
      spaceBefore = Math.max(spaceBefore, likely[row + space]);
      if (best != 0 && best != space) {
        if (best == last) {
          letters.add(letters.removeLast().until(step));
        } else {
          letters.add(new Letter(signs.get(best - 1), likely[row + best], step, step, spaceBefore));
        }
        spaceBefore = 0;
      }
      last = best;
    }
    return letters;
  }

  private static int best(float[] likely, int row, int classes) {
    int best = 0;
    for (int i = 1; i < classes; i++) {
      if (likely[row + i] > likely[row + best]) {
        best = i;
      }
    }
    return best;
  }
}
