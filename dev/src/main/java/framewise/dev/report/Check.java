package framewise.dev.report;

/**
 * A check by {@code ./framewise test} other than the tests, such as the format.
 *
 * @param outcome {@code passed}, {@code failed} or {@code skipped}
 * @param reason why it failed or was skipped; may be empty
 */
record Check(String name, String outcome, String reason) {

  /** Parses {@code NAME=OUTCOME} or {@code NAME=OUTCOME:REASON}. */
  static Check parse(String argument) {
    int equals = argument.indexOf('=');
    if (equals < 0) {
      throw new IllegalArgumentException("not NAME=OUTCOME: " + argument);
    }
    String outcome = argument.substring(equals + 1);
    int colon = outcome.indexOf(':');
    return new Check(
        argument.substring(0, equals),
        colon < 0 ? outcome : outcome.substring(0, colon),
        colon < 0 ? "" : outcome.substring(colon + 1));
  }
}
