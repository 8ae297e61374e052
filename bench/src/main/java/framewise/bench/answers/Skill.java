package framewise.bench.answers;

/**
 * How one skill did.
 *
 * @param name in words
 * @param pictures how many were asked about
 * @param right how much was right, of {@code of}
 * @param of what could be right: pictures, or characters
 * @param falseAlarms pictures where something was told that is not there
 * @param cpuMillis CPU time of a picture
 */
record Skill(String name, int pictures, int right, int of, int falseAlarms, double cpuMillis) {
  double share() {
    return of == 0 ? 1 : right / (double) of;
  }

  String row() {
    return "| %s | %d | %.1f %% | %d | %.0f |"
        .formatted(name, pictures, 100 * share(), falseAlarms, cpuMillis);
  }
}
