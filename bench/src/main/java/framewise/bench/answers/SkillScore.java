package framewise.bench.answers;

/**
 * The score of one skill.
 *
 * @param name display name
 * @param pictures number of questions
 * @param right how many of {@code of} were right
 * @param of the maximum: pictures, or characters
 * @param falseAlarms pictures for which the model reported something that is not there
 * @param cpuMillis CPU time per picture
 */
record SkillScore(String name, int pictures, int right, int of, int falseAlarms, double cpuMillis) {
  double share() {
    return of == 0 ? 1 : right / (double) of;
  }

  String row() {
    return "| %s | %d | %.1f %% | %d | %.0f |"
        .formatted(name, pictures, 100 * share(), falseAlarms, cpuMillis);
  }
}
