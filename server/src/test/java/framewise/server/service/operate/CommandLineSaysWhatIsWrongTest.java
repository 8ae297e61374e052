package framewise.server.service.operate;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.server.service.ChildService;
import framewise.server.service.EventClient;
import framewise.server.service.TestVideos;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the program as a process: its output and exit status. */
class CommandLineSaysWhatIsWrongTest {
  @TempDir Path folder;

  private record Ended(int code, String out, String err) {}

  @Test
  void portInUse() throws Exception {
    try (var taken = new ServerSocket(0)) {
      Ended ended =
          run(Map.of(), "--port", Integer.toString(taken.getLocalPort()), "--data", data());
      assertThat(ended.code()).isEqualTo(1);
      assertThat(ended.err())
          .startsWith("framewise: Another program uses port %d.".formatted(taken.getLocalPort()))
          .hasLineCount(1);
    }
  }

  @Test
  void invalidSetting() throws Exception {
    Ended ended = run(Map.of("FRAMEWISE_MAX_STREAMS", "many"), "--data", data());
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err())
        .isEqualTo("framewise: FRAMEWISE_MAX_STREAMS is \"many\" but must be 1 to 10000.\n");
  }

  @Test
  void dataFolderIsAFile() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    Ended ended = run(Map.of(), "--port", "0", "--data", file.toString());
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).startsWith("framewise: Can't use ").doesNotContain("Exception");
  }

  @Test
  void backupIsAFolder() throws Exception {
    Path place = Files.createDirectory(folder.resolve("backup.zip"));
    Ended ended = run(Map.of(), "restore", place.toString(), "--data", data());
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err())
        .startsWith("framewise: " + place)
        .contains("it is not a file")
        .hasLineCount(1);
  }

  @Test
  void watchPrintsAnswersAndKeepsTheVideo() throws Exception {
    Path video = TestVideos.words(folder, "EXIT 42", "mp4");
    Ended plain = run(Map.of(), "watch", video.toString(), "--prompt", "Read any visible text");
    assertThat(plain.code()).as(plain.err()).isZero();
    assertThat(plain.out().lines()).hasSize(4).first().isEqualTo("00:00:00.000  EXIT 42");

    Ended json =
        run(
            Map.of(),
            "watch",
            video.toString(),
            "--json",
            "--delay",
            "2",
            "--prompt",
            "Read any visible text");
    assertThat(json.code()).isZero();
    assertThat(json.out().lines())
        .hasSize(2)
        .allMatch(line -> EventClient.parse(line).path("result").asText().equals("EXIT 42"));
    assertThat(video).exists();
  }

  @Test
  void theFirstLineOfTheLogIsTheAddressToOpen() throws Exception {
    Process process =
        ChildService.launch(Map.of(), new String[] {}, "--port", "0", "--data", data());
    try (var log = process.errorReader(StandardCharsets.UTF_8)) {
      assertThat(log.readLine()).matches(".* is ready: http://[^:]+:[0-9]+/console/");
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  /**
   * Regression: the command continued to the end of the video, although nothing read its output.
   */
  @Test
  void watchEndsWhenItsReaderDoes() throws Exception {
    Path video = TestVideos.moving(folder, 60);
    Process process =
        ChildService.launch(
            Map.of(),
            new String[] {},
            "watch",
            video.toString(),
            "--pace",
            "realtime",
            "--prompt",
            "Describe");
    try {
      try (var answers = process.inputReader(StandardCharsets.UTF_8)) {
        assertThat(answers.readLine()).isNotBlank();
      }
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("ended").isTrue();
      assertThat(process.exitValue()).isZero();
      assertThat(process.errorReader(StandardCharsets.UTF_8).readAllAsString()).isEmpty();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void watchRefusesUnsupportedFiles() throws Exception {
    Path words = Files.writeString(folder.resolve("words.mp4"), "no video");
    String video = TestVideos.moving(folder, 1).toString();
    assertThat(run(Map.of(), "watch", words.toString(), "--prompt", "x").code()).isEqualTo(2);
    assertThat(run(Map.of(), "watch", folder + "/none.mp4", "--prompt", "x").err())
        .contains("none.mp4: no such file.");
    assertThat(run(Map.of(), "watch", video, "--prompt", "x", "--backend", "gemini").err())
        .startsWith("framewise: OVERSHOOT_API_KEY must be provided");
    assertThat(run(Map.of(), "watch", video, "--prompt", "x", "--fps", "0").err())
        .isEqualTo("framewise: fps is 0.0 but must be above 0 and at most 120.\n");
    assertThat(run(Map.of(), "watch", video).code()).isEqualTo(2);
  }

  @Test
  void watchHasAnOptionForEachField() throws Exception {
    String video = TestVideos.moving(folder, 1).toString();
    assertThat(run(Map.of(), "watch", video, "--prompt", "x", "--fps", "x").err())
        .startsWith("Invalid value for option '--fps': 'x' is not a double");
    assertThat(run(Map.of(), "watch", video, "--prompt", "x", "--pace", "never").err())
        .isEqualTo("framewise: --pace is \"never\" but must be fast or realtime.\n");
    assertThat(run(Map.of(), "watch", video, "--prompt", "x", "--max-output-tokens", "0").err())
        .isEqualTo(
            "framewise: max_output_tokens is 0 but must be a whole number from 1 to 100000.\n");
    assertThat(run(Map.of(), "watch", "--help").out())
        .contains("--clip-length=SECONDS", "length of a clip (default: 0.1)", "--skip-unchanged=N");
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  private static Ended run(Map<String, String> environment, String... arguments) throws Exception {
    Process process = ChildService.launch(environment, new String[] {}, arguments);
    try (var out = process.getInputStream();
        var err = process.getErrorStream()) {
      String said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
      String complained = new String(err.readAllBytes(), StandardCharsets.UTF_8);
      return new Ended(process.waitFor(), said, complained);
    }
  }
}
