package framewise.vision.builtin.text;

/**
 * One sign that the recognizer saw.
 *
 * @param confidence 0 to 1
 * @param firstStep where it begins, in steps of the recognizer
 * @param lastStep where it ends
 * @param spaceBefore how likely a space stands between it and the sign before, 0 to 1
 */
record Letter(String sign, float confidence, int firstStep, int lastStep, float spaceBefore) {
  Letter until(int step) {
    return new Letter(sign, confidence, firstStep, step, spaceBefore);
  }
}
