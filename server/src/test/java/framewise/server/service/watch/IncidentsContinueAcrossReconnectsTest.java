package framewise.server.service.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.server.service.EventClient;
import framewise.server.service.LiveFilm;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Live video is interrupted while an incident is open, and its time restarts at zero. */
@Timeout(180)
class IncidentsContinueAcrossReconnectsTest {
  /**
   * Number of answers, two a second, until video from a web server is known to be live: at first it
   * counts as a recording.
   */
  private static final int UNTIL_KNOWN_AS_LIVE = 30;

  @TempDir Path folder;

  @Test
  void oneIncidentSpansTheBreak() throws Exception {
    var people = new AtomicInteger(9);
    var backend =
        new ScriptedBackend((clip, question) -> "{\"people\": %d}".formatted(people.get()));
    var settings = Map.of("FRAMEWISE_URL_SOURCES", "any");
    try (LiveFilm film = LiveFilm.start();
        var service = RunningService.on(folder.resolve("data"), backend, settings)) {
      TestClient client = service.client();
      client.post(
          "/watches",
          """
          {"name": "Crowd", "when": {"expression": "people > 3"}, "open": {"yes": 1, "of": 1},
           "close": {"no_in_a_row": 2}}
          """);
      String id =
          TestClient.json(client.post("/sessions", "{\"url\":\"%s\"}".formatted(film.url())))
              .path("session_id")
              .asText();
      EventClient events = client.socket("/ws/" + id + "?wait=true");
      client.post("/start-stream/" + id, "{\"prompt\":\"How many?\",\"delay_seconds\":0.5}");
      JsonNode opened = events.next("incident.opened").path("incident");
      for (int answer = 0; answer < UNTIL_KNOWN_AS_LIVE; answer++) {
        events.next("result");
      }
      film.cut();
      events.until(event -> event.path("detail").asText().contains("Trying again"));
      events.next("result");
      events.next("result");
      JsonNode open = only(client);
      assertThat(open.path("id")).isEqualTo(opened.path("id"));
      assertThat(open.path("state").asText()).isEqualTo("open");

      people.set(0);
      JsonNode ended = events.next("incident.ended").path("incident");
      assertThat(ended.path("id")).isEqualTo(opened.path("id"));
      assertThat(ended.path("end_reason").asText()).isEqualTo("cleared");
      await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(() -> assertThat(only(client).path("picture").asBoolean()).isTrue());
    }
  }

  private static JsonNode only(TestClient client) throws Exception {
    List<JsonNode> all =
        TestClient.json(client.get("/incidents")).path("incidents").valueStream().toList();
    assertThat(all).hasSize(1);
    return all.getFirst();
  }
}
