package framewise.dev.report;

/**
 * One test method in a report.
 *
 * @param testClass full name of its class
 * @param method its name; empty when the report is about the whole class
 * @param seconds duration
 * @param reason why it was skipped or failed, in one line; empty when it passed
 */
record TestOutcome(String testClass, String method, double seconds, Status status, String reason) {

  /** A test's outcome. */
  enum Status {
    PASSED,
    /** Passed only on a rerun. */
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
