package framewise.server.service.backend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.server.service.EventClient;
import framewise.server.service.RunningService;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import framewise.vision.builtin.BuiltinBackend;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** End to end with the real back end: a video with text, in every container. */
class WordsOnAVideoAreAnsweredTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mov", "avi", "mkv", "webm"})
  void exit42(String container) throws Exception {
    Path video = TestVideos.words(folder, "EXIT 42", container);
    try (var service = RunningService.on(folder.resolve("data"), new BuiltinBackend())) {
      TestClient client = service.client();
      String id = client.uploaded(video);
      EventClient socket = client.socket("/ws/" + id);
      long start = System.nanoTime();
      var started = client.post("/start-stream/" + id, "{\"prompt\":\"Read any visible text\"}");
      assertThat(started.statusCode()).as(started.body()).isEqualTo(200);

      JsonNode first =
          socket.until(event -> event.path("type").asText().equals("result")).getLast();
      System.out.printf(
          "%s: answered %d ms after the start%n",
          container, (System.nanoTime() - start) / 1_000_000);

      assertThat(first.path("error").isNull()).as(first.toString()).isTrue();
      assertThat(first.path("result").asText()).contains("EXIT 42");
      assertThat(TestClient.json(client.get("/sessions/" + id)).at("/video/container").asText())
          .isEqualTo(container);
    }
  }
}
