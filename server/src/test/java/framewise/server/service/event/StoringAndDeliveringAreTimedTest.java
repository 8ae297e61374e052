package framewise.server.service.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.server.service.EventClient;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code timings=true}: how long each new result took to be stored and sent. */
@Timeout(120)
class StoringAndDeliveringAreTimedTest {
  @TempDir Path folder;

  @Test
  void forNewResultsOnly() throws Exception {
    Path video = TestVideos.moving(folder, 3);
    try (var service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo())) {
      TestClient client = service.client();
      String id = client.uploaded(video);
      EventClient early = client.socket("/ws/" + id + "?since=0&wait=true&timings=true");
      client.post("/start-stream/" + id, "{\"prompt\":\"Who?\",\"pace\":\"fast\"}");
      List<JsonNode> events = early.untilEnd();

      assertThat(ofType(events, "result")).hasSizeGreaterThan(1);
      for (int i = 0; i < events.size(); i++) {
        if (events.get(i).path("type").asText().equals("result")) {
          JsonNode delivered = events.get(i + 1);
          assertThat(delivered.path("type").asText()).isEqualTo("delivered");
          assertThat(delivered.path("result_seq")).isEqualTo(events.get(i).path("seq"));
          assertThat(delivered.path("session_id").asText()).isEqualTo(id);
          assertThat(delivered.path("store_ms").asDouble()).isNotNegative();
          assertThat(delivered.path("deliver_ms").asDouble()).isNotNegative();
          assertThat(delivered.has("seq")).isFalse();
        }
      }

      // For old results no delivery time is reported: the time since they were stored is not the
      // time that delivery took.
      List<JsonNode> late = client.socket("/ws/" + id + "?since=0&timings=true").untilEnd();
      assertThat(ofType(late, "result")).isEqualTo(ofType(events, "result"));
      assertThat(ofType(late, "delivered")).isEmpty();
      assertThat(client.get("/events/" + id + "?since=0").body()).doesNotContain("delivered");
      assertThat(client.get("/events/" + id + "?timings=some").statusCode()).isEqualTo(422);
    }
  }

  private static List<JsonNode> ofType(List<JsonNode> events, String type) {
    return events.stream().filter(event -> event.path("type").asText().equals(type)).toList();
  }
}
