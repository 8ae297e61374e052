package framewise.dev.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads reports as Surefire writes them. */
class TheSummarySaysWhatHappenedTest {
  @TempDir Path root;

  @Test
  void aGreenRunEndsWithTheNumberOfTests() throws Exception {
    report("media", "framewise.media.FirstTest", "<testcase %s name='a' time='0.5'/>");
    report("engine", "framewise.engine.SecondTest", "<testcase %s name='b' time='1,002.5'/>");
    Summary summary = summary("");
    assertThat(summary.green()).isTrue();
    assertThat(summary.lines())
        .containsExactly(
            "Slowest test classes:",
            "  1002.5 s  framewise.engine.SecondTest",
            "     0.5 s  framewise.media.FirstTest",
            "Reports: */target/surefire-reports (CLASS-output.txt has what a test printed)",
            "2 passed, 0 failed");
  }

  @Test
  void failedAndSkippedTestsAreListedWithTheirReasons() throws Exception {
    report(
        "media",
        "framewise.media.FirstTest",
        """
        <testcase %s name='a' time='0.5'><failure message='expected: 1&#10; but was: 2'/></testcase>
        <testcase %s name='b' time='0.5'><skipped message='chromium is missing'/></testcase>
        <testcase %s name='c' time='0.5'><flakyError message='timed out'/></testcase>
        <testcase %s name='d' time='0'><skipped type='T'><![CDATA[org.opentest4j.TestAbortedException: Assumption failed: about files
        	at framewise.media.FirstTest.d(FirstTest.java:48)
        ]]></skipped></testcase>
        """);
    Summary summary =
        summary("", "Format=failed:run ./mvnw spotless:apply", "Types=skipped:no npm");
    assertThat(summary.green()).isFalse();
    assertThat(summary.lines())
        .contains(
            "  FirstTest.c: timed out",
            "  1: chromium is missing",
            "  1: about files",
            "  the check \"Types\": no npm",
            "  FirstTest.a: expected: 1 but was: 2",
            "  the check \"Format\": run ./mvnw spotless:apply")
        .endsWith("1 passed, 2 failed, 2 skipped");
  }

  /** A class whose JVM crashed has no report, or only an old one. */
  @Test
  void aCrashedJvmFailsItsClass() throws Exception {
    report("media", "framewise.media.FirstTest", "<testcase %s name='a' time='0.5'/>");
    Summary summary =
        summary(
            """
            [INFO] Running framewise.media.FirstTest
            [INFO] Running framewise.media.CrashedTest
            [INFO] Tests run: 1, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 0.5 s -- in framewise.media.FirstTest
            """);
    assertThat(summary.green()).isFalse();
    assertThat(summary.lines())
        .contains("  framewise.media.CrashedTest: started and never ended, its JVM crashed")
        .endsWith("1 passed, 1 failed");
  }

  @Test
  void modulesThatDontCompileAreNamed() throws Exception {
    report("media", "framewise.media.FirstTest", "<testcase %s name='a' time='0.5'/>");
    Summary summary =
        summary(
            """
            [INFO] Framewise media .................................... SUCCESS [  1.176 s]
            [INFO] Framewise engine ................................... FAILURE [  3.176 s]
            [INFO] Framewise server ................................... SKIPPED
            """,
            "Build and tests=failed:");
    assertThat(summary.lines()).contains("  modules: engine failed, server not run");
    assertThat(summary.green()).isFalse();
  }

  @Test
  void aRunWithoutTestsFails() throws Exception {
    assertThat(summary("").green()).isFalse();
    assertThat(summary("").lines()).endsWith("0 passed, 0 failed");
  }

  @Test
  void aTruncatedReportIsAnError() throws Exception {
    Path folder = Files.createDirectories(root.resolve("media/target/surefire-reports"));
    Files.writeString(folder.resolve("TEST-x.xml"), "<testsuite><testcase name='a'");
    assertThatThrownBy(() -> summary("")).hasMessageContaining("TEST-x.xml is incomplete");
  }

  private void report(String module, String testClass, String cases) throws IOException {
    Path folder = Files.createDirectories(root.resolve(module + "/target/surefire-reports"));
    Files.writeString(
        folder.resolve("TEST-" + testClass + ".xml"),
        "<?xml version='1.0' encoding='UTF-8'?>\n<testsuite name='%s'>%s</testsuite>"
            .formatted(testClass, cases.replace("%s", "classname='" + testClass + "'")));
  }

  private Summary summary(String log, String... checks) throws IOException {
    Path file = Files.writeString(root.resolve("log"), log);
    return new Summary(
        Reports.read(root),
        BuildLog.read(file),
        List.of(checks).stream().map(Check::parse).toList());
  }
}
