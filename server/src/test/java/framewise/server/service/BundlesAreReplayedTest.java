package framewise.server.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Replays bundles as regression tests of prompts, with the program as a process and the built-in
 * model.
 */
@Timeout(300)
class BundlesAreReplayedTest {
  @TempDir Path folder;

  private record Ended(int code, String out, String err) {}

  @Test
  void onlyChangedPromptsShowDifferences() throws Exception {
    Path bundle = recorded();

    Ended same = replay(bundle, "--backend", "builtin", "--expect");
    assertThat(same.code()).as(same.err()).isZero();
    assertThat(same.out())
        .contains("Read any visible text (builtin)", "4 same, 0 changed, 0 missing, 0 new");

    Ended other = replay(bundle, "--prompt", "How many people are there?", "--expect");
    assertThat(other.code()).as(other.err()).isEqualTo(1);
    assertThat(other.out())
        .contains(
            "instead of: Read any visible text",
            "0 same, 4 changed",
            "before: EXIT 42",
            "now:    No people detected.");
    assertThat(replay(bundle, "--prompt", "How many people are there?").code()).isZero();

    Ended json = replay(bundle, "--prompt", "How many people are there?", "--expect", "--json");
    assertThat(json.code()).isEqualTo(1);
    JsonNode difference = EventClient.parse(json.out());
    assertThat(difference.path("same").asBoolean(true)).isFalse();
    assertThat(difference.at("/questions/0/changed").asInt()).isEqualTo(4);
    assertThat(difference.at("/questions/0/differences/0/before").asText()).isEqualTo("EXIT 42");
    assertThat(difference.at("/questions/0/differences/1/start_seconds").asDouble()).isEqualTo(1);

    Ended past = replay(bundle, "--run", "2", "--expect");
    assertThat(past.code()).as(past.err()).isZero();
    assertThat(past.out()).contains("How many people are there? (builtin)", "2 same");
  }

  /** The pictures are those that Framewise kept: a bundle contains no live video. */
  @Test
  void liveVideoReplaysItsKeptPictures() throws Exception {
    Path bundle = recordedLive();
    Ended same = replay(bundle, "--expect");
    assertThat(same.code()).as(same.out() + same.err()).isZero();
    assertThat(same.out())
        .contains("Count the people (builtin)")
        .containsPattern("[4-9]\\d* same, 0 changed, 0 missing, 0 new");

    Ended other = replay(bundle, "--prompt", "Read any visible text", "--expect");
    assertThat(other.code()).as(other.out() + other.err()).isEqualTo(1);
    assertThat(other.out())
        .contains("0 same", "before: No people detected.")
        .containsPattern("[4-9]\\d* changed");
  }

  @Test
  void refusalsNameTheReason() throws Exception {
    Path none = folder.resolve("none.zip");
    Ended missing = replay(none, "--expect");
    assertThat(missing.code()).isEqualTo(2);
    assertThat(missing.err()).contains("no such file").hasLineCount(1);
    Path text = Files.writeString(folder.resolve("text.zip"), "no bundle");
    Ended noBundle = replay(text, "--expect");
    assertThat(noBundle.code()).isEqualTo(2);
    assertThat(noBundle.err())
        .isEqualTo(
            "framewise: This bundle can't be opened: it is not a ZIP file, or it is"
                + " damaged.\n");
    Path bundle = recorded();
    Ended backend = replay(bundle, "--backend", "none", "--expect");
    assertThat(backend.code()).isEqualTo(2);
    assertThat(backend.err()).contains("backend is \"none\" but must be one of");
    assertThat(replay(bundle, "--run", "7").err()).contains("Run 7 of this bundle has no answers");
    assertThat(replay(bundle, "--wrong").code()).isEqualTo(2);
    Ended help = replay(bundle, "--help");
    assertThat(help.code()).isZero();
    assertThat(help.out()).contains("--expect", "Exit codes:");
  }

  /** Bundle of a session that reads a sign each second, with a look-back. */
  private Path recorded() throws Exception {
    Path video = TestVideos.words(folder, "EXIT 42", "mp4");
    try (var service = ChildService.start(folder.resolve("data"), Map.of())) {
      TestClient client = service.client();
      String id = client.stream(video, "{\"prompt\":\"Read any visible text\",\"pace\":\"fast\"}");
      client.socket("/ws/" + id).untilEnd();
      var past =
          client.post(
              "/sessions/" + id + "/lookbacks",
              "{\"prompt\":\"How many people are there?\",\"start_seconds\":1,\"end_seconds\":3}");
      assertThat(past.statusCode()).as(past.body()).isEqualTo(201);
      String state = "/sessions/" + id + "/lookbacks/2";
      while (client.get(state).body().contains("\"running\"")) {
        TimeUnit.MILLISECONDS.sleep(200);
      }
      byte[] bytes = client.sendForBytes(client.to("/sessions/" + id + "/bundle.zip").GET()).body();
      return Files.write(folder.resolve("bundle.zip"), bytes);
    }
  }

  /** Bundle of a session that asked about a camera every second until there were four answers. */
  private Path recordedLive() throws Exception {
    try (var film = LiveFilm.start();
        var service =
            ChildService.start(folder.resolve("live"), Map.of("FRAMEWISE_URL_SOURCES", "any"))) {
      TestClient client = service.client();
      var made = client.post("/sessions", "{\"url\":\"%s\"}".formatted(film.url()));
      assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
      String id = TestClient.json(made).required("session_id").asText();
      var started = client.post("/start-stream/" + id, "{\"prompt\":\"Count the people\"}");
      assertThat(started.statusCode()).as(started.body()).isEqualTo(200);
      String results = "/sessions/" + id + "/results";
      while (TestClient.json(client.get(results)).path("results").size() < 4) {
        TimeUnit.MILLISECONDS.sleep(200);
      }
      assertThat(client.post("/stop-stream/" + id, "{}").statusCode()).isEqualTo(200);
      byte[] bytes = client.sendForBytes(client.to("/sessions/" + id + "/bundle.zip").GET()).body();
      return Files.write(folder.resolve("live.zip"), bytes);
    }
  }

  private static Ended replay(Path bundle, String... options) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("replay", bundle.toString()));
    arguments.addAll(List.of(options));
    Process process =
        ChildService.launch(Map.of(), new String[] {}, arguments.toArray(String[]::new));
    try (var out = process.inputReader(StandardCharsets.UTF_8);
        var err = process.errorReader(StandardCharsets.UTF_8)) {
      String said = out.lines().reduce("", (all, line) -> all + line + "\n");
      String complained = err.lines().reduce("", (all, line) -> all + line + "\n");
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
      return new Ended(process.exitValue(), said, complained);
    }
  }
}
