package framewise.server.service.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsAreExportedTest {
  @TempDir Path folder;

  @Test
  void inPagesAndAsFiles() throws Exception {
    Path video = TestVideos.moving(folder, 7);
    try (var service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo())) {
      TestClient client = service.client();
      String id = client.stream(video, "{\"prompt\":\"<q>\",\"pace\":\"fast\"}");
      client.socket("/ws/" + id).untilEnd();
      String results = "/sessions/" + id + "/results";

      List<String> paged = new ArrayList<>();
      JsonNode page;
      long since = 0;
      do {
        page = TestClient.json(client.get(results + "?limit=3&since=" + since));
        page.path("results").forEach(result -> paged.add(result.path("result").asText()));
        since = page.path("last_seq").asLong();
      } while (page.path("more").asBoolean());
      assertThat(paged)
          .containsExactly("<q> #0", "<q> #1", "<q> #2", "<q> #3", "<q> #4", "<q> #5", "<q> #6");

      var lines = client.get(results + ".jsonl");
      assertThat(lines.body().lines())
          .hasSize(7)
          .allMatch(line -> line.startsWith("{\"type\":\"result\""));
      assertThat(lines.headers().firstValue("Content-Disposition"))
          .get()
          .asString()
          .startsWith("attachment; filename=\"moving.jsonl\"");
      assertThat(client.get(results + ".csv").body().lines()).hasSize(8);
      assertThat(client.get(results + ".vtt").body())
          .startsWith("WEBVTT\n")
          .contains("&lt;q&gt; #6");
      assertThat(client.get(results + ".srt").body())
          .startsWith("1\n00:00:00,000 --> 00:00:01,000\n");
      assertThat(client.get(results + ".xml").statusCode()).isEqualTo(404);
    }
  }

  /** Seen: after a reload, the console showed unchanged spans as gaps. */
  @Test
  void withUnchangedSpans() throws Exception {
    Path video = TestVideos.words(folder, "HELLO", "mp4");
    try (var service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo())) {
      TestClient client = service.client();
      String id =
          client.stream(
              video,
              "{\"prompt\":\"q\",\"pace\":\"fast\",\"skip_unchanged\":true,\"delay_seconds\":0.2}");
      client.socket("/ws/" + id).untilEnd();
      String results = "/sessions/" + id + "/results";
      JsonNode without = TestClient.json(client.get(results)).path("results");
      assertThat(types(without)).containsOnly("result");
      JsonNode with = TestClient.json(client.get(results + "?unchanged=true")).path("results");
      assertThat(types(with)).contains("unchanged", "result");
      assertThat(with.get(1).path("since_seq")).isEqualTo(with.get(0).path("seq"));
      assertThat(client.get(results + "?unchanged=maybe").statusCode()).isEqualTo(422);
    }
  }

  private static List<String> types(JsonNode events) {
    List<String> types = new ArrayList<>();
    events.forEach(event -> types.add(event.path("type").asText()));
    return types;
  }

  @Test
  void ofOneOfSeveralPrompts() throws Exception {
    Path video = TestVideos.moving(folder, 5);
    try (var service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo())) {
      TestClient client = service.client();
      String id =
          client.stream(
              video,
              "{\"prompts\":[{\"name\":\"people\",\"prompt\":\"p\"},{\"name\":\"R&D signs\",\"prompt\":\"s\"}],\"pace\":\"fast\"}");
      client.socket("/ws/" + id).untilEnd();
      String results = "/sessions/" + id + "/results";
      String signs = "name=R%26D%20signs";

      List<String> paged = new ArrayList<>();
      JsonNode page;
      long since = 0;
      do {
        page = TestClient.json(client.get(results + "?limit=2&" + signs + "&since=" + since));
        page.path("results").forEach(result -> paged.add(result.path("result").asText()));
        since = page.path("last_seq").asLong();
      } while (page.path("more").asBoolean());
      assertThat(paged).containsExactly("s #0", "s #1", "s #2", "s #3", "s #4");
      page = TestClient.json(client.get(results + "?" + signs + "&since=" + since));
      assertThat(page.path("results")).isEmpty();
      assertThat(page.path("last_seq").asLong()).isEqualTo(since);

      assertThat(client.get(results + ".jsonl?" + signs).body().lines())
          .hasSize(5)
          .allMatch(line -> line.contains("\"name\":\"R&D signs\""));
      assertThat(client.get(results + ".csv?" + signs).body().lines())
          .hasSize(6)
          .filteredOn(line -> line.contains(",s #"))
          .hasSize(5);
      assertThat(client.get(results + ".vtt?" + signs).body())
          .contains("5\n00:00:04.000 --> 00:00:05.000\n<v R&amp;D signs>s #4\n")
          .doesNotContain("people");
      assertThat(client.get(results + ".srt?" + signs).body())
          .contains("5\n00:00:04,000 --> 00:00:05,000\nR&D signs: s #4\n")
          .doesNotContain("people");
      assertThat(client.get(results + ".srt").body()).contains("\n\n10\n");

      for (String form : List.of("", ".jsonl", ".csv", ".vtt", ".srt")) {
        var refused = client.get(results + form + "?name=sings");
        assertThat(refused.statusCode()).as(form).isEqualTo(422);
        assertThat(refused.body())
            .contains("name is \\\"sings\\\" but must be one of people, R&D signs")
            .contains("\"field\":\"name\"");
        assertThat(refused.headers().firstValue("Content-Disposition")).isEmpty();
      }
    }
  }

  @Test
  void promptsOfEarlierRunsAreKnown() throws Exception {
    Path video = TestVideos.moving(folder, 2);
    try (var service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo())) {
      TestClient client = service.client();
      String id = client.uploaded(video);
      String results = "/sessions/" + id + "/results";
      assertThat(client.get(results + ".csv?name=old").body())
          .contains(
              "name is \\\"old\\\" but must be left out: no prompt of this session has a name");
      client.post(
          "/start-stream/" + id,
          "{\"prompts\":[{\"name\":\"old\",\"prompt\":\"p\"}],\"pace\":\"fast\"}");
      client.socket("/ws/" + id).untilEnd();
      client.post("/start-stream/" + id, "{\"prompt\":\"new\",\"pace\":\"fast\"}");
      client.socket("/ws/" + id).untilEnd();

      assertThat(client.get(results + ".jsonl?name=old").body().lines()).hasSize(2);
      assertThat(client.get(results + ".srt").body()).contains("\nnew #1\n").doesNotContain("old");
      assertThat(client.get(results + ".vtt?name=old").body()).isEqualTo("WEBVTT\n\n");
      assertThat(client.get(results + ".vtt?name=new").statusCode()).isEqualTo(422);
    }
  }

  @Test
  void subtitlesHaveTheNewestRun() throws Exception {
    Path video = TestVideos.moving(folder, 2);
    try (var service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo())) {
      TestClient client = service.client();
      String id = client.stream(video, "{\"prompt\":\"first\",\"pace\":\"fast\"}");
      client.socket("/ws/" + id).untilEnd();
      client.post("/start-stream/" + id, "{\"prompt\":\"second\",\"pace\":\"fast\"}");
      client.socket("/ws/" + id).untilEnd();

      assertThat(client.get("/sessions/" + id + "/results.vtt").body())
          .contains("second #0")
          .doesNotContain("first");
      assertThat(client.get("/sessions/" + id + "/results.jsonl").body().lines()).hasSize(4);
    }
  }
}
