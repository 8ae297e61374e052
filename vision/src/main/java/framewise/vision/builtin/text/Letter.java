package framewise.vision.builtin.text;

/**
 * One sign that the recognizer detected.
 *
 * @param confidence 0 to 1
 * @param firstStep its first step in the recognizer's output
 * @param lastStep its last step
 * @param spaceBefore probability of a space before it, 0 to 1
 */
record Letter(String sign, float confidence, int firstStep, int lastStep, float spaceBefore) {
  Letter until(int step) {
    return new Letter(sign, confidence, firstStep, step, spaceBefore);
  }
}
