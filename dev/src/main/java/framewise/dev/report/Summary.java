package framewise.dev.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The summary at the end of a test run. Its last line contains only the counts. */
final class Summary {
  private static final int SLOWEST = 10;

  private final List<TestOutcome> tests;
  private final BuildLog log;
  private final List<Check> checks;

  Summary(List<TestOutcome> tests, BuildLog log, List<Check> checks) {
    this.tests = tests;
    this.log = log;
    this.checks = checks;
  }

  /** Whether something ran and all of it passed. */
  boolean green() {
    return failed() == 0 && !tests.isEmpty();
  }

  /** The lines, without end-of-line characters. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    slowest(lines);
    again(lines);
    skipped(lines);
    failures(lines);
    lines.add("Reports: */target/surefire-reports (CLASS-output.txt has what a test printed)");
    lines.add(numbers());
    return lines;
  }

  private void slowest(List<String> lines) {
    Map<String, Double> classes =
        tests.stream()
            .collect(
                Collectors.groupingBy(
                    TestOutcome::testClass, Collectors.summingDouble(TestOutcome::seconds)));
    if (classes.isEmpty()) {
      return;
    }
    lines.add("Slowest test classes:");
    classes.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .limit(SLOWEST)
        .forEach(
            entry ->
                lines.add(
                    String.format(Locale.ROOT, "  %6.1f s  %s", entry.getValue(), entry.getKey())));
  }

  private void again(List<String> lines) {
    List<TestOutcome> again = with(TestOutcome.Status.PASSED_AGAIN);
    if (!again.isEmpty()) {
      lines.add("Passed only when run again, each a fault to find:");
      again.forEach(test -> lines.add("  %s: %s".formatted(test.name(), test.reason())));
    }
  }

  private void skipped(List<String> lines) {
    Map<String, Long> reasons =
        with(TestOutcome.Status.SKIPPED).stream()
            .collect(
                Collectors.groupingBy(
                    test -> test.reason().isEmpty() ? "no reason given" : test.reason(),
                    TreeMap::new,
                    Collectors.counting()));
    List<Check> skippedChecks =
        checks.stream().filter(check -> check.outcome().equals("skipped")).toList();
    if (reasons.isEmpty() && skippedChecks.isEmpty()) {
      return;
    }
    lines.add("Skipped:");
    reasons.forEach((reason, count) -> lines.add("  %d: %s".formatted(count, reason)));
    skippedChecks.forEach(
        check -> lines.add("  the check \"%s\": %s".formatted(check.name(), check.reason())));
  }

  private void failures(List<String> lines) {
    if (failed() == 0) {
      return;
    }
    lines.add("Failed:");
    with(TestOutcome.Status.FAILED).stream()
        .sorted(Comparator.comparing(TestOutcome::testClass))
        .forEach(test -> lines.add("  %s: %s".formatted(test.name(), test.reason())));
    log.unfinished()
        .forEach(
            name -> lines.add("  %s: started and never ended, its JVM crashed".formatted(name)));
    failedChecks()
        .forEach(
            check ->
                lines.add(
                    "  the check \"%s\"%s"
                        .formatted(
                            check.name(), check.reason().isEmpty() ? "" : ": " + check.reason())));
    if (!log.notBuilt().isEmpty()) {
      lines.add("  modules: " + String.join(", ", log.notBuilt()));
    }
  }

  private String numbers() {
    int skipped = with(TestOutcome.Status.SKIPPED).size();
    int failedTests = with(TestOutcome.Status.FAILED).size();
    String numbers =
        "%d passed, %d failed".formatted(tests.size() - failedTests - skipped, failed());
    return skipped == 0 ? numbers : numbers + ", " + skipped + " skipped";
  }

  private int failed() {
    return with(TestOutcome.Status.FAILED).size() + log.unfinished().size() + failedChecks().size();
  }

  private List<Check> failedChecks() {
    return checks.stream().filter(check -> check.outcome().equals("failed")).toList();
  }

  private List<TestOutcome> with(TestOutcome.Status status) {
    return tests.stream().filter(test -> test.status() == status).toList();
  }
}
