package framewise.dev.report;

/**
 * One test method of a report.
 *
 * @param testClass full name of its class
 * @param method its name; empty when the report speaks of the class as a whole
 * @param seconds how long it took
 * @param reason why it was skipped or failed, in one line; empty for one that passed
 */
record TestOutcome(String testClass, String method, double seconds, Status status, String reason) {

  /** How a test ended. */
  enum Status {
    PASSED,
    /** Passed only when it was run again. */
    PASSED_AGAIN,
    FAILED,
    SKIPPED
  }

  /** {@code SimpleClass.method}. */
  String name() {
    String simple = testClass.substring(testClass.lastIndexOf('.') + 1);
    return method.isEmpty() ? simple : simple + "." + method;
  }
}
