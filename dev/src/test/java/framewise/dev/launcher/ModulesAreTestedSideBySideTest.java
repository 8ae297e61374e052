package framewise.dev.launcher;

import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./framewise test} in a copy of the launcher, with a Maven that only notes its calls. */
class ModulesAreTestedSideBySideTest {
  private static final Path ROOT = Path.of(System.getProperty("framewise.root", ".."));
  private static final int LANES = 3;

  private static final String MAVEN =
      """
      #!/bin/sh
      cd "$(dirname "$0")"
      echo "$*" >>calls
      case $* in
        *" package") test ! -f broken ;;
        *" test") test ! -f slow || exec sleep 60 ;;
      esac
      """;

  @TempDir Path copy;

  @BeforeEach
  void copy() throws IOException {
    for (String part : List.of("framewise", "dev/launcher")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(part))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Path to = copy.resolve(ROOT.relativize(file).toString());
          Files.createDirectories(to.getParent());
          Files.copy(file, to);
        }
      }
    }
    script("mvnw", MAVEN);
    script(".ci/check-console", "#!/bin/sh\n");
    script(".ci/check-contract", "#!/bin/sh\n");
    script("framewise", Files.readString(copy.resolve("framewise")));
    Files.writeString(
        copy.resolve("dev/launcher/packages.sh"), "prepare_tests() { missing=; }\n", APPEND);
    Path report = copy.resolve("dev/src/main/java/framewise/dev/report/ReportMain.java");
    Files.createDirectories(report.getParent());
    Files.writeString(report, "void main(String[] args) { IO.println(List.of(args)); }");
  }

  @Test
  void afterAllAreBuilt() throws Exception {
    String output = end(start("-Dsome=property"));
    List<String> calls = calls();
    assertThat(calls.getFirst()).endsWith(" package").contains("-Dmaven.test.skip=true");
    assertThat(calls.subList(1, calls.size()))
        .hasSize(LANES)
        .allMatch(call -> call.contains(" -Dmaven.main.skip=true -pl ") && call.endsWith(" test"))
        .anyMatch(call -> call.contains(" -pl server -am ") && call.contains("-Dskip.server=false"))
        .anyMatch(call -> call.contains(" -pl e2e,bench -am "));
    assertThat(calls).allMatch(call -> call.contains("-Dsome=property"));
    assertThat(output).contains("== Format", "== Summary", "Build and tests=passed, Format=passed");
  }

  /** Then Maven tests the modules that don't need that one. */
  @Test
  void inOneProcessIfOneCannotBeBuilt() throws Exception {
    Files.createFile(copy.resolve("broken"));
    end(start());
    assertThat(calls()).hasSize(2).last().asString().endsWith(" verify");
  }

  @Test
  void inOneProcessIfSomeAreChosen() throws Exception {
    end(start("-pl", "media", "-am"));
    assertThat(calls()).singleElement().asString().endsWith(" verify -pl media -am");
  }

  @Test
  void andEndTogether() throws Exception {
    Files.createFile(copy.resolve("slow"));
    Process process = start();
    await().until(() -> sleeping(process).size() == LANES);
    List<ProcessHandle> sleeping = sleeping(process);
    process.destroy();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    await().until(() -> sleeping.stream().noneMatch(ProcessHandle::isAlive));
  }

  private Process start(String... words) throws IOException {
    List<String> command =
        new ArrayList<>(List.of(copy.resolve("framewise").toString(), "test", "--skip-missing"));
    command.addAll(List.of(words));
    var builder = new ProcessBuilder(command);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder
        .redirectErrorStream(true)
        .redirectOutput(copy.resolve("output").toFile())
        .start();
  }

  private String end(Process process) throws IOException, InterruptedException {
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    return Files.readString(copy.resolve("output"));
  }

  /** Maven's calls for the build and the tests. */
  private List<String> calls() throws IOException {
    Path calls = copy.resolve("calls");
    if (!Files.exists(calls)) {
      return List.of();
    }
    return Files.readAllLines(calls).stream()
        .filter(call -> !call.contains("spotless:check") && !call.contains("--version"))
        .toList();
  }

  private static List<ProcessHandle> sleeping(Process process) {
    return process
        .descendants()
        .filter(each -> each.info().command().orElse("").endsWith("sleep"))
        .toList();
  }

  private void script(String name, String text) throws IOException {
    Path file = copy.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }
}
