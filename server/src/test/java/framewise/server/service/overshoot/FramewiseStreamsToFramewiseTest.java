package framewise.server.service.overshoot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import framewise.vision.Backend;
import framewise.vision.builtin.BuiltinBackend;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * One service streams an uploaded file to another's Overshoot API over a real peer connection,
 * which tests the API's client and server against each other.
 */
@Timeout(120)
class FramewiseStreamsToFramewiseTest {
  private static final String KEY = "ovs_one_to_another";

  @TempDir Path folder;

  private final int farPort = freePort();

  @Test
  void textInTheVideoIsReturned() throws Exception {
    try (var far = far(new BuiltinBackend());
        var near = near(KEY)) {
      loadsModels(far);
      String id =
          near.client().stream(
              TestVideos.words(folder, "EXIT 42", "mp4"),
              """
                {"prompt": "Read any visible text", "backend": "overshoot"}""");
      List<JsonNode> events = near.client().socket("/ws/" + id).untilEnd();
      List<JsonNode> results = ofType(events, "result");
      assertThat(results).hasSizeGreaterThanOrEqualTo(2);
      assertThat(results.getLast().at("/clip/end_seconds").asDouble())
          .as("the last of the four pictures is answered as well")
          .isGreaterThan(2.9);
      assertThat(results).allMatch(result -> result.path("ok").asBoolean());
      assertThat(results)
          .allMatch(result -> result.path("result").asText().contains("EXIT 42"))
          .allMatch(result -> result.path("backend").asText().equals("overshoot"))
          .allMatch(result -> result.path("total_latency_ms").asDouble() > 0);
      assertThat(events.getLast().path("status").asText()).isEqualTo("finished");

      JsonNode arrived = only(far);
      assertThat(arrived.path("source").path("type").asText()).isEqualTo("webrtc");
      assertThat(arrived.path("video").path("width").asInt()).isEqualTo(640);
      assertThat(arrived.path("counters").path("results").asInt())
          .isGreaterThanOrEqualTo(results.size());
      await()
          .untilAsserted(() -> assertThat(only(far).path("status").asText()).isEqualTo("stopped"));
    }
  }

  /** Loads the models first: on a busy machine this takes longer than the video lasts. */
  private void loadsModels(RunningService far) throws Exception {
    String id =
        far.client().stream(
            TestVideos.words(folder, "EXIT 42", "mp4"),
            "{\"prompt\": \"Read any visible text\", \"pace\": \"fast\"}");
    far.client().socket("/ws/" + id).untilEnd();
    assertThat(far.client().delete("/sessions/" + id).statusCode()).isEqualTo(204);
  }

  @Test
  void aNewPromptIsForwarded() throws Exception {
    try (var far = far(ScriptedBackend.echo());
        var near = near(KEY)) {
      String id = looping(near, "first?");
      var socket = near.client().socket("/ws/" + id);
      socket.until(event -> event.path("result").asText().startsWith("first? #"));
      near.client().post("/update-prompt/" + id, "{\"prompt\": \"second?\"}");
      JsonNode result =
          socket.until(event -> event.path("result").asText().startsWith("second? #")).getLast();
      assertThat(result.path("prompt").asText()).isEqualTo("second?");
      assertThat(only(far).path("settings").path("prompt").asText()).isEqualTo("second?");
      near.client().post("/stop-stream/" + id, "");
    }
  }

  @Test
  void streamingResumesAfterAnOutage() throws Exception {
    var far = far(ScriptedBackend.echo());
    try (var near = near(KEY)) {
      String id = looping(near, "who?");
      var socket = near.client().socket("/ws/" + id);
      socket.until(event -> event.path("type").asText().equals("result"));
      far.close();
      socket.until(event -> event.path("detail").asText().startsWith("lost the stream at 00:00:0"));
      try (var _ = far(ScriptedBackend.echo())) {
        socket.until(event -> event.path("detail").asText().startsWith("opened a new stream"));
        JsonNode result =
            socket.until(event -> event.path("type").asText().equals("result")).getLast();
        assertThat(result.path("ok").asBoolean()).isTrue();
        near.client().post("/stop-stream/" + id, "");
      }
    }
  }

  @Test
  void theFallbackAnswersDuringAnOutage() throws Exception {
    var far = far(ScriptedBackend.echo());
    try (var near = near(KEY)) {
      String id =
          near.client().stream(
              TestVideos.moving(folder, 3),
              """
              {"prompt": "who?", "backend": "overshoot", "fallback": ["builtin"], "fps": 5,
               "delay_seconds": 0.5, "loop": true}""");
      var socket = near.client().socket("/ws/" + id);
      socket.until(event -> event.path("backend").asText().equals("overshoot"));
      far.close();
      JsonNode meanwhile =
          socket.until(event -> event.path("backend").asText().equals("builtin")).getLast();
      assertThat(meanwhile.path("ok").asBoolean()).isTrue();
      assertThat(meanwhile.at("/clip/start_seconds").asDouble()).isBetween(0.0, 3.1);
      try (var _ = far(ScriptedBackend.echo())) {
        socket.until(event -> event.path("backend").asText().equals("overshoot"));
        near.client().post("/stop-stream/" + id, "");
      }
      assertThat(socket.untilEnd().getLast().path("status").asText()).isEqualTo("stopped");
    }
  }

  @Test
  void aStopOnTheOtherSideEndsTheSession() throws Exception {
    try (var far = far(ScriptedBackend.echo());
        var near = near(KEY)) {
      String id = looping(near, "who?");
      var socket = near.client().socket("/ws/" + id);
      socket.until(event -> event.path("type").asText().equals("result"));
      far.client().post("/stop-stream/" + only(far).path("session_id").asText(), "");
      JsonNode end = socket.untilEnd().getLast();
      assertThat(end.path("status").asText()).isEqualTo("failed");
      assertThat(end.path("reason").asText()).contains("client_requested");
    }
  }

  @Test
  void aWrongKeyIsReportedAtOnce() throws Exception {
    try (var far = far(ScriptedBackend.echo());
        var near = near("ovs_another")) {
      String id = near.client().uploaded(TestVideos.moving(folder, 1));
      var refused =
          near.client()
              .post("/start-stream/" + id, "{\"prompt\": \"a\", \"backend\": \"overshoot\"}");
      assertThat(refused.statusCode()).isEqualTo(502);
      assertThat(refused.body()).contains("refused the API key").doesNotContain("ovs_");
      assertThat(TestClient.json(far.client().get("/sessions")).path("sessions")).isEmpty();
    }
  }

  private RunningService far(Backend answering) throws Exception {
    return RunningService.on(
        folder.resolve("far"),
        answering,
        Map.of("BACKEND_PORT", Integer.toString(farPort), "FRAMEWISE_API_KEYS", KEY));
  }

  private RunningService near(String key) throws Exception {
    Map<String, String> environment = new HashMap<>();
    environment.put("OVERSHOOT_API_KEY", key);
    environment.put("OVERSHOOT_API_URL", "http://127.0.0.1:%d/api/v0.2".formatted(farPort));
    return RunningService.on(folder.resolve("near"), ScriptedBackend.echo(), environment);
  }

  private String looping(RunningService near, String prompt) throws Exception {
    return near.client().stream(
        TestVideos.moving(folder, 3),
        "{\"prompt\": \"%s\", \"backend\": \"overshoot\", \"fps\": 5, \"delay_seconds\": 0.5, \"loop\": true}"
            .formatted(prompt));
  }

  private static JsonNode only(RunningService far) throws IOException, InterruptedException {
    return TestClient.json(far.client().get("/sessions")).path("sessions").path(0);
  }

  private static List<JsonNode> ofType(List<JsonNode> events, String type) {
    return events.stream().filter(event -> event.path("type").asText().equals(type)).toList();
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
