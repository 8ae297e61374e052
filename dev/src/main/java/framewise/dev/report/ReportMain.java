package framewise.dev.report;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Prints the summary of {@code ./framewise test}. */
final class ReportMain {
  private ReportMain() {}

  /**
   * Exits with status 0 when everything passed, else 1.
   *
   * @param args the project's folder, Maven's log, then the other checks in the format of {@link
   *     Check#parse}
   */
  public static void main(String[] args) throws Exception {
    List<Check> checks = Arrays.stream(args).skip(2).map(Check::parse).toList();
    Summary summary =
        new Summary(Reports.read(Path.of(args[0])), BuildLog.read(Path.of(args[1])), checks);
    summary.lines().forEach(System.out::println);
    if (!summary.green()) {
      System.exit(1);
    }
  }
}
