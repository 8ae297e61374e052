package framewise.dev.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code ./framewise test} is a new user's second command, and used to fail when packages were
 * missing.
 */
class MissingPackagesAreInstalledOrNamedTest {
  private static final String PREPARE = "prepare_tests; echo \"missing=$missing\"";

  @TempDir Path folder;
  private BareMachine machine;

  @BeforeEach
  void start() throws Exception {
    machine = new BareMachine(folder);
  }

  @Test
  void rootInstallsMissingPackagesAndSaysSo() throws Exception {
    machine.withApt().with("id", "echo 0");
    BareMachine.Ended ended = machine.run(PREPARE);
    assertThat(ended.status()).as(ended.output()).isZero();
    assertThat(ended.output())
        .startsWith("Installing packages to run the tests: ")
        .contains(" ffmpeg ", " npm ", " curl ca-certificates ", " gstreamer1.0-tools ")
        .endsWith("missing=\n");
    assertThat(machine.asked()).hasSize(2).first().isEqualTo("update");
    assertThat(machine.asked().getLast())
        .startsWith("-y --no-install-recommends install ")
        .contains(" ffmpeg ");
  }

  @Test
  void sudoWithoutAPasswordIsUsed() throws Exception {
    machine
        .withApt()
        .with("id", "echo 1000")
        .with("sudo", "[ \"$1\" = -n ] && shift && exec \"$@\"");
    machine.with("true", "exit 0");
    BareMachine.Ended ended = machine.run(PREPARE);
    assertThat(ended.status()).as(ended.output()).isZero();
    assertThat(machine.asked()).hasSize(2);
  }

  @Test
  void usersWithoutRightsGetTheCommandAtOnce() throws Exception {
    machine.withApt().with("id", "echo 1000");
    BareMachine.Ended ended = machine.run(PREPARE);
    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.output())
        .contains("Install them and try again: sudo apt-get install --no-install-recommends ")
        .contains(" ffmpeg ")
        .hasLineCount(1);
    assertThat(machine.asked()).isEmpty();
  }

  @Test
  void aFailedInstallationNamesTheReason() throws Exception {
    machine
        .with("id", "echo 0")
        .with("apt-get", "echo 'E: Unable to locate package npm'; exit 100");
    BareMachine.Ended ended = machine.run(PREPARE);
    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.output())
        .contains("E: Unable to locate package npm", "the packages could not be installed");
  }

  @Test
  void otherSystemsGetTheirPackageNamesAndSkip() throws Exception {
    machine.with("id", "echo 0").with("dnf", "echo \"$@\" >>" + folder + "/asked");
    BareMachine.Ended ended = machine.run(PREPARE);
    assertThat(ended.status()).as(ended.output()).isZero();
    assertThat(ended.output())
        .contains("Some tests will be skipped, because this machine lacks: ffmpeg")
        .contains("Install it with: sudo dnf install ffmpeg-free")
        .contains(" nodejs-npm ")
        .containsPattern("missing=ffmpeg .*npm");
    assertThat(machine.asked()).isEmpty();
  }

  @Test
  void archGetsItsPackageNames() throws Exception {
    machine.with("pacman", "exit 1");
    assertThat(machine.run(PREPARE).output()).contains("sudo pacman -S --needed ffmpeg");
  }

  @Test
  void skipMissingInstallsNothing() throws Exception {
    machine.withApt().with("id", "echo 0");
    BareMachine.Ended ended = machine.run("skip_missing=yes; " + PREPARE);
    assertThat(ended.status()).as(ended.output()).isZero();
    assertThat(ended.output()).containsPattern("missing=ffmpeg .*npm");
    assertThat(machine.asked()).isEmpty();
  }

  @Test
  void aDownloadClientIsInstalledBeforeTheJdk() throws Exception {
    machine.withApt().with("id", "echo 0");
    BareMachine.Ended ended = machine.run("need_download_client");
    assertThat(ended.status()).as(ended.output()).isZero();
    assertThat(machine.asked().getLast()).endsWith("install curl ca-certificates");
  }
}
