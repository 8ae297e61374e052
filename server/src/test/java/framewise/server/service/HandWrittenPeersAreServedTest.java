package framewise.server.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.vision.AnswerException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the description of the API says of clients, and what clients get wrong. */
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
                    throw new AnswerException("provider_error", "The model is tired.");
                  }
                  return question.prompt() + " #" + clip.index();
                }),
            Map.of("FRAMEWISE_MAX_STREAMS_PER_KEY", "2", "FRAMEWISE_LEASE_SECONDS", "5"));
    app = new OvershootClient(service.client(), OvershootClient.KEY);
    other = new OvershootClient(service.client(), "ovs_other");
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void offersWithoutCandidatesInBothDirectionsWithFieldsOfTheFuture() throws Exception {
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
  void troubleOfTheModelIsAResultAndNotTheEnd() throws Exception {
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
  void whoComesLateOrComesBackMissesNothingAndGetsNothingTwice() throws Exception {
    try (var sender = new VideoSender()) {
      String id = app.created(sender).required("stream_id").asText();
      await().atMost(Duration.ofSeconds(30)).until(() -> completed(id) >= 3);
      List<String> got = new ArrayList<>();
      EventClient first = app.results(id);
      for (int i = 0; i < 4; i++) {
        got.add(EventClient.parse(first.next()).path("result").asText());
      }
      assertThat(got.getFirst()).isEqualTo("what is it #0");
      first.cut();
      await().atMost(Duration.ofSeconds(10)).until(() -> sockets() == 0);
      long before = completed(id);
      await().atMost(Duration.ofSeconds(30)).until(() -> completed(id) > before + 1);
      app.call("POST", "/streams/" + id + "/keepalive", "");

      EventClient second = app.results(id);
      String next = EventClient.parse(second.next()).path("result").asText();
      // What was under way when the line was cut may have been delivered to nobody's eyes.
      assertThat(got).doesNotContain(next);
      assertThat(number(next)).isLessThanOrEqualTo(before);

      EventClient third = app.results(id);
      JsonNode seenByTwo = EventClient.parse(third.next());
      second.until(result -> result.path("id").equals(seenByTwo.path("id")));
    }
  }

  @Test
  void fiveReconnectsAfterARefusalHarmNobody() throws Exception {
    try (var sender = new VideoSender()) {
      String id = app.created(sender).required("stream_id").asText();
      EventClient good = app.results(id);
      for (int times = 0; times < 6; times++) {
        EventClient refused = other.results(id);
        assertThat(refused.closed().code()).isEqualTo(1008);
        assertThat(refused.closed().reason()).contains("no such stream");
      }
      assertThat(app.results("no-stream").closed().code()).isEqualTo(1008);
      assertThat(EventClient.parse(good.next()).path("ok").asBoolean()).isTrue();

      app.call("DELETE", "/streams/" + id, "");
      for (int times = 0; times < 5; times++) {
        assertThat(app.results(id).closed())
            .isEqualTo(new EventClient.Closed(1001, "stream ended: client_requested"));
      }
    }
  }

  @Test
  void firstMessagesThatAreNoKey() throws Exception {
    for (String hello :
        new String[] {
          "", "{", "[]", "{\"api_key\":\"\"}", "{\"api_key\":7,\"x\":1}", "{}", "null"
        }) {
      EventClient socket = app.socket("x");
      socket.say(hello);
      assertThat(socket.closed().code()).as(hello).isEqualTo(1008);
    }
    EventClient large = app.socket("x");
    large.say("x".repeat(9 << 10));
    assertThat(large.closed().code()).isEqualTo(1009);
  }

  @Test
  void onlySoManyMayKeepTheServiceWaitingForTheirKey() throws Exception {
    List<EventClient> waiting = new ArrayList<>();
    for (int i = 0; i < 256; i++) {
      waiting.add(app.socket("x"));
    }
    assertThat(app.socket("x").closed().code()).isEqualTo(1013);
    EventClient first = waiting.getFirst();
    first.say("{}");
    assertThat(first.closed().code()).isEqualTo(1008);
    EventClient next = app.socket("x");
    next.say("{}");
    assertThat(next.closed().code()).isEqualTo(1008);
    waiting.forEach(EventClient::cut);
  }

  @Test
  void whoSaysNothingAndWhoNeverConnectsAreGone() throws Exception {
    try (var sender = new VideoSender()) {
      EventClient silent = app.socket("x");
      ObjectNode order = OvershootClient.quickOrder(sender.offer());
      HttpResponse<String> created = app.create(order);
      String id = TestClient.json(created).required("stream_id").asText();
      EventClient waiting = app.results(id);
      await()
          .pollInterval(Duration.ofSeconds(2))
          .atMost(Duration.ofSeconds(40))
          .until(() -> app.call("POST", "/streams/" + id + "/keepalive", "").statusCode() == 404);
      assertThat(waiting.closed())
          .isEqualTo(new EventClient.Closed(1001, "stream ended: webrtc_disconnected"));
      assertThat(silent.closed().code()).isEqualTo(1008);
      assertThat(silent.closed().reason()).contains("10 seconds");
    }
  }

  @Test
  void aPeerThatVanishesIsGoneWithItsLease() throws Exception {
    try (var sender = new VideoSender()) {
      JsonNode created = app.created(sender);
      assertThat(created.path("lease").toString()).isEqualTo("{\"ttl_seconds\":5}");
      String id = created.required("stream_id").asText();
      EventClient socket = app.results(id);
      socket.next();
      sender.pause();
      assertThat(socket.closed())
          .isEqualTo(new EventClient.Closed(1001, "stream ended: lease_expired"));
      assertThat(app.call("POST", "/streams/" + id + "/keepalive", "").statusCode()).isEqualTo(404);
      assertThat(app.get("/streams/" + id + "/info").statusCode()).isEqualTo(404);
      JsonNode session = TestClient.json(service.client().get("/sessions/" + id));
      assertThat(session.path("status").asText()).isEqualTo("stopped");
      assertThat(session.path("reason").asText()).contains("lease");
      assertThat(service.client().get("/metrics").body())
          .contains("framewise_overshoot_streams_ended_total{reason=\"lease_expired\"} 1.0")
          .contains("framewise_overshoot_streams_open 0.0");
    }
  }

  @Test
  void aSenderThatClosesIsGoneThoughItsLeaseIsKept() throws Exception {
    var sender = new VideoSender();
    String id = app.created(sender).required("stream_id").asText();
    EventClient socket = app.results(id);
    socket.next();
    sender.close();
    // Its client goes on renewing the lease.
    await()
        .pollInterval(Duration.ofSeconds(2))
        .atMost(Duration.ofSeconds(60))
        .until(() -> app.call("POST", "/streams/" + id + "/keepalive", "").statusCode() == 404);
    assertThat(socket.closed())
        .isEqualTo(new EventClient.Closed(1001, "stream ended: webrtc_disconnected"));
  }

  @Test
  void aStreamOfOneKeyDoesNotExistForAnother() throws Exception {
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
  void aKeyHasSoManyStreamsAndNoMore() throws Exception {
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
  void offersThatAreNoneTakeNoPlace() throws Exception {
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
  void feedbackComesBackToItsKeyAlone() throws Exception {
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

  private long completed(String id) throws Exception {
    return TestClient.json(app.get("/streams/" + id + "/info"))
        .path("inferences_completed")
        .asLong();
  }

  private int sockets() throws Exception {
    return service
        .client()
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("framewise_overshoot_sockets "))
        .map(line -> (int) Double.parseDouble(line.substring(line.indexOf(' '))))
        .findFirst()
        .orElseThrow();
  }

  private static long number(String result) {
    return Long.parseLong(result.substring(result.indexOf('#') + 1));
  }
}
