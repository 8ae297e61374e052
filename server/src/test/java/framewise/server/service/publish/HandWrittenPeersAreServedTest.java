package framewise.server.service.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.server.service.EventClient;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.overshoot.OvershootClient;
import framewise.vision.AnswerException;
import framewise.vision.FailureKind;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Serves clients that follow the API's description, including their mistakes. */
class HandWrittenPeersAreServedTest {
  @TempDir Path folder;
  private RunningService service;
  private OvershootClient app;
  private OvershootClient other;

  @BeforeEach
  void start() throws Exception {
    service =
        RunningService.on(
            folder.resolve("data"),
            new ScriptedBackend(
                (clip, question) -> {
                  if (question.prompt().equals("fail")) {
                    throw new AnswerException(FailureKind.SERVICE_FAILED, "The model is tired.");
                  }
                  return question.prompt() + " #" + clip.index();
                }),
            Map.of("FRAMEWISE_MAX_STREAMS_PER_KEY", "2"));
    app = new OvershootClient(service.client(), OvershootClient.KEY);
    other = new OvershootClient(service.client(), "ovs_other");
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void minimalOffersWithUnknownFields() throws Exception {
    try (var sender = new VideoSender()) {
      String offer =
          sender
              .offer()
              .lines()
              .filter(line -> !line.startsWith("a=candidate") && !line.startsWith("a=end-of"))
              .map(line -> line.equals("a=sendonly") ? "a=sendrecv" : line)
              .collect(Collectors.joining("\r\n", "", "\r\n"));
      assertThat(offer).contains("a=sendrecv").doesNotContain("a=candidate");
      ObjectNode order = OvershootClient.quickOrder(offer);
      order.put("a_field_of_the_future", true);
      order.withObject("/processing").put("another", 7);
      order.withObject("/client").put("request_id", "door-7");
      JsonNode created = app.created(sender, order);
      String id = created.required("stream_id").asText();
      assertThat(EventClient.parse(app.results(id).next()).path("ok").asBoolean()).isTrue();
      assertThat(TestClient.json(service.client().get("/sessions/" + id)).path("filename").asText())
          .isEqualTo("Overshoot stream door-7");
    }
  }

  @Test
  void variantBInFrameMode() throws Exception {
    try (var sender = new VideoSender()) {
      ObjectNode order = TestClient.JSON.createObjectNode();
      order.putObject("source").put("type", "webrtc").put("sdp", sender.offer());
      order.put("mode", "frame");
      order.putObject("processing").put("interval_seconds", 0.2);
      order.putObject("inference").put("prompt", "p").put("model", "builtin");
      String id = app.created(sender, order).required("stream_id").asText();
      JsonNode result = EventClient.parse(app.results(id).next());
      assertThat(result.path("mode").asText()).isEqualTo("frame");
      assertThat(result.path("model_backend").asText()).isEqualTo("overshoot");
    }
  }

  @Test
  void aModelErrorIsAResult() throws Exception {
    try (var sender = new VideoSender()) {
      ObjectNode order = OvershootClient.quickOrder(sender.offer());
      order.withObject("/inference").put("prompt", "fail");
      String id = app.created(sender, order).required("stream_id").asText();
      EventClient socket = app.results(id);
      JsonNode failed = EventClient.parse(socket.next());
      assertThat(failed.path("ok").asBoolean()).isFalse();
      assertThat(failed.path("error").asText()).isEqualTo("The model is tired.");
      assertThat(failed.path("result").asText()).isEmpty();
      assertThat(failed.path("finish_reason").isNull()).isTrue();
      app.call("PATCH", "/streams/" + id + "/config/prompt", "{\"prompt\":\"again\"}");
      socket.until(result -> result.path("ok").asBoolean());
      JsonNode info = TestClient.json(app.get("/streams/" + id + "/info"));
      assertThat(info.path("inferences_failed").asInt()).isPositive();
    }
  }

  @Test
  void streamsOfOtherKeysDoNotExist() throws Exception {
    try (var sender = new VideoSender()) {
      String id = app.created(sender).required("stream_id").asText();
      String stream = "/streams/" + id;
      String[][] calls = {
        {"POST", stream + "/keepalive", ""},
        {"PATCH", stream + "/config/prompt", "{\"prompt\":\"mine\"}"},
        {"GET", stream + "/info", ""},
        {"POST", stream + "/feedback", "{\"rating\":1,\"category\":\"a\"}"},
        {"POST", stream + "/spectate", ""},
        {"DELETE", stream, ""}
      };
      for (String[] call : calls) {
        var refused = other.call(call[0], call[1], call[2]);
        assertThat(refused.statusCode()).as(call[1]).isEqualTo(404);
        assertThat(TestClient.json(refused).path("error").asText()).isEqualTo("stream_not_found");
      }
      assertThat(app.call("POST", stream + "/keepalive", "").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aKeyHasALimitedNumberOfStreams() throws Exception {
    try (var sender = new VideoSender()) {
      ObjectNode order = OvershootClient.quickOrder(sender.offer());
      String first = TestClient.json(app.create(order)).required("stream_id").asText();
      assertThat(app.create(order).statusCode()).isEqualTo(201);
      var refused = app.create(order);
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(TestClient.json(refused).path("error").asText()).isEqualTo("too_many_streams");
      assertThat(other.create(order).statusCode()).isEqualTo(201);
      app.call("DELETE", "/streams/" + first, "");
      assertThat(app.create(order).statusCode()).isEqualTo(201);
      assertThat(service.client().get("/metrics").body())
          .contains("framewise_overshoot_streams_refused_total{reason=\"too_many_streams\"} 1.0");
    }
  }

  @Test
  void invalidOffersTakeNoPlace() throws Exception {
    try (var sender = new VideoSender()) {
      String offer = sender.offer();
      for (int times = 0; times < 3; times++) {
        refused("not a description", 400, "sdp_malformed");
        refused("v=0\r\n", 422, "sdp_no_video");
        refused(offer.replace("m=video", "m=audio"), 422, "sdp_no_video");
        refused(
            offer.replaceAll("(VP8|H264|VP9|AV1|rtx)/90000", "unknown/90000"), 422, "sdp_no_codec");
        refused("v=0\r\n" + "a=x\r\n".repeat(200_000), 422, "sdp_too_large");
      }
      app.created(sender);
      assertThat(service.client().get("/health/live").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void feedbackIsReadByItsKeyOnly() throws Exception {
    try (var sender = new VideoSender()) {
      String id = app.created(sender).required("stream_id").asText();
      String path = "/streams/" + id + "/feedback";
      assertThat(
              app.call("POST", path, "{\"rating\":5,\"category\":\"praise\",\"feedback\":\"good\"}")
                  .body())
          .isEqualTo("{\"status\":\"ok\"}");
      for (String bad :
          new String[] {
            "{\"rating\":11,\"category\":\"a\"}",
            "{\"rating\":-1,\"category\":\"a\"}",
            "{\"rating\":1.5,\"category\":\"a\"}",
            "{\"category\":\"a\"}",
            "{\"rating\":1,\"category\":\" \"}",
            "{\"rating\":1,\"category\":\"a\",\"feedback\":\"%s\"}".formatted("x".repeat(2_001))
          }) {
        assertThat(app.call("POST", path, bad).statusCode()).as(bad).isEqualTo(422);
      }
      JsonNode mine = TestClient.json(app.get("/streams/feedback"));
      assertThat(mine).hasSize(1);
      assertThat(TestClient.fieldNames(mine.get(0)))
          .containsExactlyInAnyOrder(
              "id", "stream_id", "rating", "category", "feedback", "created_at", "updated_at");
      assertThat(mine.get(0).path("stream_id").asText()).isEqualTo(id);
      assertThat(TestClient.json(other.get("/streams/feedback"))).isEmpty();
    }
  }

  private void refused(String sdp, int status, String code) throws Exception {
    var response = app.create(OvershootClient.order(sdp));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(TestClient.json(response).path("error").asText()).isEqualTo(code);
  }
}
