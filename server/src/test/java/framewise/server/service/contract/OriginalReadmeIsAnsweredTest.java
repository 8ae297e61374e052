package framewise.server.service.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the original system's README, verbatim and in order. */
class OriginalReadmeIsAnsweredTest {
  @TempDir Path folder;

  @Test
  void walk() throws Exception {
    Path video = TestVideos.moving(folder, 3);
    try (var service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo())) {
      TestClient client = service.client();

      var health = client.get("/");
      assertThat(health.statusCode()).isEqualTo(200);
      assertThat(TestClient.json(health).path("status").asText()).isEqualTo("ok");

      var uploaded = client.upload(video);
      assertThat(uploaded.statusCode()).isEqualTo(200);
      JsonNode answer = TestClient.json(uploaded);
      assertThat(TestClient.fieldNames(answer))
          .startsWith("session_id", "filename", "status", "file_size");
      assertThat(answer.path("filename").asText()).isEqualTo("moving.mp4");
      assertThat(answer.path("status").asText()).isEqualTo("uploaded");
      assertThat(answer.path("file_size").asLong()).isEqualTo(Files.size(video));
      String id = answer.path("session_id").asText();

      var gemini =
          client.post(
              "/start-stream/" + id,
              """
              {
                "prompt": "Describe what you see in few words",
                "backend": "gemini",
                "fps": 1.0,
                "clip_length_seconds": 0.1,
                "delay_seconds": 1.0,
                "sampling_ratio": 0.1
              }""");
      assertThat(gemini.statusCode()).isEqualTo(503);
      assertThat(TestClient.json(gemini).path("code").asText()).isEqualTo("backend_not_configured");
      assertThat(TestClient.json(gemini).path("detail").asText())
          .startsWith("OVERSHOOT_API_KEY must be provided")
          .contains("GEMINI_API_KEY")
          .contains("builtin");

      var socket = client.socket("/ws/" + id);
      var started =
          client.post(
              "/start-stream/" + id,
              "{\"prompt\": \"Describe what you see in few words\", \"pace\": \"fast\"}");
      assertThat(started.statusCode()).isEqualTo(200);
      assertThat(TestClient.json(started).path("status").asText()).isEqualTo("streaming");
      assertThat(TestClient.json(started).path("backend").asText()).isEqualTo("builtin");
      assertThat(TestClient.json(started).path("model").asText()).isEqualTo("scripted-1");
      assertThat(TestClient.json(started).path("processing").toString())
          .isEqualTo(
              "{\"fps\":1.0,\"sampling_ratio\":0.1,\"clip_length_seconds\":0.1,\"delay_seconds\":1.0,\"frames_per_clip\":1}");
      assertThat(socket.untilEnd())
          .filteredOn(event -> event.path("type").asText().equals("result"))
          .extracting(event -> event.path("result").asText())
          .containsExactly(
              "Describe what you see in few words #0",
              "Describe what you see in few words #1",
              "Describe what you see in few words #2");

      client.post("/start-stream/" + id, "{\"prompt\": \"a\", \"loop\": true}");
      var updated = client.post("/update-prompt/" + id, "{\"prompt\": \"Read any visible text\"}");
      assertThat(updated.body())
          .isEqualTo(
              "{\"session_id\":\"%s\",\"status\":\"prompt_updated\",\"prompt\":\"Read any visible text\"}"
                  .formatted(id));

      for (int times = 0; times < 2; times++) {
        var stopped = client.post("/stop-stream/" + id, "");
        assertThat(stopped.statusCode()).isEqualTo(200);
        assertThat(TestClient.json(stopped).path("status").asText()).isEqualTo("stopped");
        assertThat(TestClient.json(stopped).path("results").asLong()).isGreaterThanOrEqualTo(3);
      }
    }
  }
}
