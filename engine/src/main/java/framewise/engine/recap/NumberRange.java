package framewise.engine.recap;

/**
 * Values of a number in structured answers.
 *
 * @param mean over all answers that have it
 * @param answers number of answers that have it
 */
public record NumberRange(double min, double max, double mean, long answers) {
  static NumberRange of(double value) {
    return new NumberRange(value, value, value, 1);
  }

  NumberRange plus(double value) {
    return new NumberRange(
        Math.min(min, value),
        Math.max(max, value),
        (mean * answers + value) / (answers + 1),
        answers + 1);
  }
}
