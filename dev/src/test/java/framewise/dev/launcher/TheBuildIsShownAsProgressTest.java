package framewise.dev.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first start takes minutes; its progress comes from Maven's log. */
class TheBuildIsShownAsProgressTest {
  @TempDir Path folder;
  private BareMachine machine;

  @BeforeEach
  void start() throws Exception {
    machine = new BareMachine(folder);
  }

  @Test
  void theDownloadOfMavenIsShown() throws Exception {
    assertThat(progress("")).isEqualTo("downloading Maven");
  }

  @Test
  void downloadsAreCounted() throws Exception {
    assertThat(
            progress(
                """
                [INFO] Scanning for projects...
                [INFO] Downloading from central: https://example.org/a.jar
                [INFO] Downloaded from central: https://example.org/a.jar (1.5 MB at 3.2 MB/s)
                [INFO] Downloaded from central: https://example.org/b.pom (600 kB at 1.0 MB/s)
                """))
        .isEqualTo("preparing the build, 2 files downloaded (2 MB)");
  }

  @Test
  void theCurrentModuleIsNamed() throws Exception {
    assertThat(
            progress(
                """
                [INFO] --------------------< framewise:framewise-media >--------------------
                [INFO] Building Framewise media 0.1.0                                     [2/6]
                [INFO] Building jar: /somewhere/media/target/framewise-media-0.1.0.jar
                """))
        .isEqualTo("building media (2 of 6)");
  }

  @Test
  void outputIsShownLiveAndTheExitStatusIsKept() throws Exception {
    // The command ends once its line was shown.
    BareMachine.Ended ended =
        machine.run(
            """
            with_progress "$HOME/log" "tail -n 1" sh -c \
              'echo one; until grep -q "  one" "$HOME/output"; do sleep 1; done; exit 3' ||
              echo status $?""");
    assertThat(ended.output()).isEqualTo("  one\nstatus 3\n");
  }

  private String progress(String log) throws Exception {
    Files.writeString(folder.resolve("build.log"), log);
    return machine.run("build_progress \"$HOME/build.log\"").output().strip();
  }
}
