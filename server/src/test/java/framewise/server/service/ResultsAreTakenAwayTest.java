package framewise.server.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsAreTakenAwayTest {
  @TempDir Path folder;

  @Test
  void byThePageAndAsFiles() throws Exception {
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

  @Test
  void subtitlesHoldTheNewestRun() throws Exception {
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
