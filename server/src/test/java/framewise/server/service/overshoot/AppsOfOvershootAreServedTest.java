package framewise.server.service.overshoot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.server.service.EventClient;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.publish.VideoSender;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An app's whole session: a stream, its results, a new prompt, the end. */
class AppsOfOvershootAreServedTest {
  private static final List<String> RESULT_FIELDS =
      List.of(
          "id",
          "stream_id",
          "mode",
          "model_backend",
          "model_name",
          "prompt",
          "result",
          "inference_latency_ms",
          "total_latency_ms",
          "ok",
          "error",
          "finish_reason");

  @TempDir Path folder;
  private RunningService service;
  private OvershootClient app;

  @BeforeEach
  void start() throws Exception {
    service =
        RunningService.on(
            folder.resolve("data"),
            ScriptedBackend.echo(),
            Map.of("FRAMEWISE_API_KEYS", "other," + OvershootClient.KEY));
    app = new OvershootClient(service.client(), OvershootClient.KEY);
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void fromOfferToEnd() throws Exception {
    try (var sender = new VideoSender()) {
      JsonNode created = app.created(sender);
      String id = created.required("stream_id").asText();
      assertThat(created.required("webrtc").required("type").asText()).isEqualTo("answer");
      assertThat(created.required("webrtc").required("sdp").asText())
          .contains("a=recvonly", "a=candidate:");
      assertThat(created.required("lease").toString()).isEqualTo("{\"ttl_seconds\":60}");
      assertThat(
              created.path("turn_servers").isNull() || created.path("turn_servers").isMissingNode())
          .isTrue();

      EventClient socket = app.results(id);
      JsonNode first = EventClient.parse(socket.next());
      assertThat(TestClient.fieldNames(first)).containsExactlyInAnyOrderElementsOf(RESULT_FIELDS);
      assertThat(first.path("stream_id").asText()).isEqualTo(id);
      assertThat(first.path("prompt").asText()).isEqualTo("what is it");
      assertThat(first.path("result").isTextual()).isTrue();
      assertThat(first.path("result").asText()).startsWith("what is it #");
      assertThat(first.path("model_backend").asText()).isEqualTo("overshoot");
      assertThat(first.path("model_name").asText()).isEqualTo("scripted-1");
      assertThat(first.path("mode").asText()).isEqualTo("clip");
      assertThat(first.path("ok").asBoolean()).isTrue();
      assertThat(first.path("error").isNull()).isTrue();
      assertThat(first.path("finish_reason").asText()).isEqualTo("stop");

      var kept = app.call("POST", "/streams/" + id + "/keepalive", "");
      assertThat(kept.statusCode()).isEqualTo(200);
      JsonNode lease = TestClient.json(kept);
      assertThat(lease.path("status").asText()).isEqualTo("ok");
      assertThat(lease.path("ttl_seconds").asInt()).isEqualTo(60);
      assertThat(lease.path("state").asText()).isEqualTo("active");

      var patched =
          app.call("PATCH", "/streams/" + id + "/config/prompt", "{\"prompt\":\"and now\"}");
      assertThat(patched.statusCode()).as(patched.body()).isEqualTo(200);
      JsonNode config = TestClient.json(patched);
      assertThat(config.path("id").asText()).isNotEmpty();
      assertThat(config.path("stream_id").asText()).isEqualTo(id);
      assertThat(config.path("prompt").asText()).isEqualTo("and now");
      assertThat(config.path("backend").asText()).isEqualTo("overshoot");
      assertThat(config.path("model").asText()).isEqualTo("Qwen/Qwen3-VL-30B-A3B-Instruct");
      socket.until(result -> result.path("result").asText().startsWith("and now #"));

      JsonNode info = TestClient.json(app.get("/streams/" + id + "/info"));
      assertThat(info.path("state").asText()).isEqualTo("active");
      assertThat(info.path("source_type").asText()).isEqualTo("webrtc");
      assertThat(info.path("frame_width").asInt()).isEqualTo(320);
      assertThat(info.path("effective_height").asInt()).isEqualTo(240);
      assertThat(info.path("inferences_completed").asInt()).isPositive();

      var session = TestClient.json(service.client().get("/sessions/" + id));
      assertThat(session.path("filename").asText()).isEqualTo("Overshoot stream");

      var ended = app.call("DELETE", "/streams/" + id, "");
      assertThat(ended.statusCode()).isEqualTo(200);
      assertThat(ended.body()).isEqualTo("{\"status\":\"ok\"}");
      assertThat(socket.closed())
          .isEqualTo(new EventClient.Closed(1001, "stream ended: client_requested"));
      assertThat(app.call("DELETE", "/streams/" + id, "").statusCode()).isEqualTo(204);
      assertThat(app.call("POST", "/streams/" + id + "/keepalive", "").statusCode()).isEqualTo(404);
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () ->
                  TestClient.json(service.client().get("/sessions/" + id))
                      .path("status")
                      .asText()
                      .equals("stopped"));
    }
  }
}
