package framewise.dev.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without a JDK of its own the launcher downloads one, and never uses an incomplete one. */
class TheJdkIsDownloadedTest {
  @TempDir Path folder;
  @TempDir Path served;
  private Mirror mirror;
  private Launcher launcher;

  @BeforeEach
  void start() throws Exception {
    mirror = new Mirror(served, "25.0.9");
    launcher =
        new Launcher(folder)
            .with("FRAMEWISE_JDK", "temurin")
            .with("FRAMEWISE_JDK_URL", mirror.archive());
  }

  @AfterEach
  void stop() {
    mirror.close();
  }

  @Test
  void itIsDownloadedOnceAndReused() throws Exception {
    Launcher.Ended first = launcher.run("jdk");
    assertThat(first.err())
        .startsWith("No JDK 25 found: downloading Temurin 25")
        .contains(launcher.jdks().toString());
    assertThat(first.out().strip()).isEqualTo(launcher.jdks().resolve("temurin-25.0.9").toString());
    assertThat(first.status()).isZero();

    Launcher.Ended second = launcher.run("jdk");
    assertThat(second).isEqualTo(new Launcher.Ended(0, first.out(), ""));
    assertThat(mirror.asked()).containsExactly(Mirror.ARCHIVE, Mirror.ARCHIVE + ".sha256.txt");
    assertThat(cached()).containsExactly("temurin-25.0.9");
  }

  @Test
  void anApiUrlResolvesToTheArchiveOfThisPlatform() throws Exception {
    mirror.put(
        "/v3/assets/latest/25/hotspot",
        """
        [{"binary": {"package": {"checksum": "0", "link": "%s", "size": 1}}}]
        """
            .formatted(mirror.archive()));
    launcher.with("FRAMEWISE_JDK_URL", mirror.address() + "/v3/");
    Launcher.Ended ended = launcher.run("jdk");
    assertThat(ended.status()).as(ended.err()).isZero();
    assertThat(cached()).containsExactly("temurin-25.0.9");
  }

  @Test
  void aWrongChecksumIsRefused() throws Exception {
    mirror.put(Mirror.ARCHIVE + ".sha256.txt", "0".repeat(64) + "  OpenJDK25U.tar.gz\n");
    refuses("is damaged or was replaced", "0".repeat(64));
  }

  @Test
  void aChecksumFileWithoutAChecksumIsRefused() throws Exception {
    mirror.put(Mirror.ARCHIVE + ".sha256.txt", "<html>Sign in</html>");
    refuses("holds no SHA-256 checksum");
  }

  @Test
  void aMissingChecksumIsRefused() throws Exception {
    mirror.remove(Mirror.ARCHIVE + ".sha256.txt");
    refuses("The checksum", "cannot be downloaded", "404");
  }

  @Test
  void anIncompleteDownloadIsRefusedAndTheNextOneSucceeds() throws Exception {
    mirror.cutAt(100);
    refuses("The download of " + mirror.archive() + " failed");
    mirror.cutAt(Integer.MAX_VALUE);
    assertThat(launcher.run("jdk").status()).isZero();
  }

  @Test
  void aMissingNetworkIsReportedInOneSentence() throws Exception {
    mirror.close();
    refuses("The download of " + mirror.archive() + " failed", "connect");
    launcher.with("FRAMEWISE_JDK_URL", mirror.address() + "/v3");
    refuses("cannot be reached");
  }

  @Test
  void anOlderJdkIsRefused() throws Exception {
    try (Mirror old = new Mirror(served, "21.0.1")) {
      launcher.with("FRAMEWISE_JDK_URL", old.archive());
      refuses("holds no JDK 25 or newer");
    }
  }

  @Test
  void anUnknownChoiceIsRefused() throws Exception {
    Launcher.Ended ended = launcher.with("FRAMEWISE_JDK", "sytem").run("jdk");
    assertThat(ended)
        .isEqualTo(
            new Launcher.Ended(
                1,
                "",
                "framewise: FRAMEWISE_JDK is \"sytem\" but must be system, temurin or empty\n"));
  }

  @Test
  void concurrentStartsDownloadItOnce() throws Exception {
    var gate = new CountDownLatch(1);
    mirror.holdUntil(gate);
    Process first = launcher.start("jdk");
    await().until(() -> mirror.asked().contains(Mirror.ARCHIVE));
    Process second = launcher.start("jdk");
    // The second one must have reached the lock, or the test would prove nothing.
    await().until(() -> stderrOfBoth().anyMatch(text -> text.contains("Waiting for another")));
    gate.countDown();
    assertThat(launcher.end(first).status()).isZero();
    assertThat(launcher.end(second).status()).isZero();
    assertThat(mirror.asked()).containsOnlyOnce(Mirror.ARCHIVE);
  }

  @Test
  void leftoversOfAKilledDownloadAreDeleted() throws Exception {
    mirror.holdUntil(new CountDownLatch(1));
    Process killed = launcher.start("jdk");
    await().until(() -> mirror.asked().contains(Mirror.ARCHIVE));
    killed.descendants().forEach(ProcessHandle::destroyForcibly);
    killed.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    assertThat(cached()).hasSize(2);

    try (Mirror whole = new Mirror(served, "25.0.9")) {
      launcher.with("FRAMEWISE_JDK_URL", whole.archive());
      Launcher.Ended ended = launcher.run("jdk");
      assertThat(ended.status()).as(ended.err()).isZero();
    }
    assertThat(cached()).containsExactly("temurin-25.0.9");
  }

  private void refuses(String... sentences) throws IOException, InterruptedException {
    Launcher.Ended ended = launcher.run("jdk");
    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err())
        .contains(sentences)
        .contains("Install a JDK 25 with: ", "FRAMEWISE_JDK_URL");
    assertThat(ended.err().lines()).hasSizeLessThanOrEqualTo(2);
    assertThat(cached()).isEmpty();
  }

  private Stream<String> stderrOfBoth() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> String.valueOf(file.getFileName()).startsWith("err-"))
          .toList()
          .stream()
          .map(TheJdkIsDownloadedTest::read);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The names in the cache, including hidden ones. */
  private List<String> cached() throws IOException {
    try (Stream<Path> files = Files.list(launcher.jdks())) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }
}
