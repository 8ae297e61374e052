package framewise.overshoot.v02;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.overshoot.OvershootUrl;
import framewise.overshoot.Secret;
import framewise.overshoot.wire.ClipProcessing;
import framewise.overshoot.wire.CreateStreamRequest;
import framewise.overshoot.wire.Feedback;
import framewise.overshoot.wire.FrameProcessing;
import framewise.overshoot.wire.Inference;
import framewise.overshoot.wire.StreamSource;
import framewise.overshoot.wire.WireJson;
import framewise.overshoot.wire.answer.ModelStatus;
import framewise.overshoot.wire.answer.StreamInfo;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EveryRequestIsWhatTheServiceExpectsTest extends StubTest {

  @Test
  void creationOfVariantA() throws Exception {
    OvershootStream stream =
        client.open(
            CreateStreamRequest.ofOffer(
                    "v=0 offer",
                    ClipProcessing.ofRatio(29.97, 0.1, 0.5, 2),
                    Inference.of("Read any visible text", "m")
                        .withBackend("gemini")
                        .withMaxOutputTokens(200))
                .withRequestId("mine"),
            heard);
    StubService.Seen seen = stub.request(StubService.CREATE);
    assertThat(seen.path()).isEqualTo("/api/v0.2/streams");
    assertHeaders(seen);
    assertThat(json(seen.body()))
        .isEqualTo(
            json(
                """
                {"webrtc":{"type":"offer","sdp":"v=0 offer"},
                 "processing":{"fps":30,"sampling_ratio":0.1,"clip_length_seconds":0.5,"delay_seconds":2.0},
                 "inference":{"prompt":"Read any visible text","model":"m","backend":"gemini","max_output_tokens":200},
                 "client":{"request_id":"mine"}}
                """));
    assertThat(stream.id()).isEqualTo("s1");
    assertThat(stream.answer()).hasValue("v=0 answer");
    assertThat(stream.lease().orElseThrow().ttlSeconds()).isEqualTo(300);
  }

  @Test
  void creationOfVariantB() throws Exception {
    client.open(
        CreateStreamRequest.ofSource(
            new StreamSource.WebRtc("v=0 offer"), new FrameProcessing(0.5), Inference.of("p", "m")),
        heard);
    assertThat(json(stub.request(StubService.CREATE).body()))
        .isEqualTo(
            json(
                """
                {"source":{"type":"webrtc","sdp":"v=0 offer"},"mode":"frame",
                 "processing":{"interval_seconds":0.5},"inference":{"prompt":"p","model":"m"}}
                """));
  }

  @Test
  void aKeepaliveHasAContentTypeAndNoBody() throws Exception {
    open();
    time.passAlarm(Duration.ofSeconds(150));
    StubService.Seen seen = stub.request(StubService.KEEPALIVE);
    assertThat(seen.path()).isEqualTo("/api/v0.2/streams/s1/keepalive");
    assertHeaders(seen);
    assertThat(seen.body()).isEmpty();
    assertThat(seen.header("content-length")).hasValue("0");
  }

  @Test
  void aPromptUpdateHasThePromptOnly() throws Exception {
    assertThat(open().updatePrompt("q").prompt()).isEqualTo("q");
    StubService.Seen seen = stub.request(StubService.PROMPT);
    assertThat(seen.path()).isEqualTo("/api/v0.2/streams/s1/config/prompt");
    assertHeaders(seen);
    assertThat(seen.body()).isEqualTo("{\"prompt\":\"q\"}");
  }

  @Test
  void feedback() throws Exception {
    open().sendFeedback(new Feedback(4, "accuracy", "good"));
    StubService.Seen seen = stub.request(StubService.FEEDBACK);
    assertThat(seen.path()).isEqualTo("/api/v0.2/streams/s1/feedback");
    assertHeaders(seen);
    assertThat(json(seen.body()))
        .isEqualTo(json("{\"rating\":4,\"category\":\"accuracy\",\"feedback\":\"good\"}"));
    stub.always(
        StubService.FEEDBACKS,
        StubReply.json(
            200,
            """
            [{"id":"f","stream_id":"s1","rating":4,"category":"accuracy","feedback":"good",
              "created_at":"2026-01-20T12:00:00Z","updated_at":null}]
            """));
    assertThat(client.feedback())
        .singleElement()
        .satisfies(entry -> assertThat(entry.rating()).isEqualTo(4))
        .satisfies(entry -> assertThat(entry.updatedAt()).isEmpty());
    assertHeaders(stub.request(StubService.FEEDBACKS));
  }

  @Test
  void modelsInBothFormats() throws Exception {
    assertThat(client.models())
        .containsExactly(new ModelStatus("m", true, ModelStatus.ModelLoad.READY));
    assertHeaders(stub.request(StubService.MODELS));
    stub.always(
        StubService.MODELS,
        StubReply.json(
            200, "{\"models\":[{\"model\":\"n\",\"ready\":false,\"status\":\"saturated\"}]}"));
    assertThat(client.models())
        .containsExactly(new ModelStatus("n", false, ModelStatus.ModelLoad.SATURATED));
  }

  @Test
  void info() throws Exception {
    StreamInfo info = open().info();
    assertThat(info.sourceType()).isEqualTo("webrtc");
    StubService.Seen seen = stub.request(StubService.INFO);
    assertThat(seen.path()).isEqualTo("/api/v0.2/streams/s1/info");
    assertHeaders(seen);
  }

  @Test
  void healthNeedsNoKey() throws Exception {
    assertThat(client.health()).isEqualTo("ok");
    assertThat(stub.request(StubService.HEALTH).headers()).doesNotContainKey("authorization");
    stub.always(StubService.HEALTH, StubReply.json(200, "{\"status\":\"healthy\"}"));
    assertThat(client.health()).contains("healthy");
  }

  @Test
  void closingSendsADelete() throws Exception {
    open().close();
    StubService.Seen seen = stub.request(StubService.DELETE);
    assertThat(seen.path()).isEqualTo("/api/v0.2/streams/s1");
    assertHeaders(seen);
    assertThat(seen.body()).isEmpty();
  }

  @Test
  void theSocketSendsTheKeyOnly() throws Exception {
    open();
    SocketPeer peer = RecordingStreamListener.next(stub.sockets);
    assertThat(peer.path()).isEqualTo("/api/v0.2/ws/streams/s1");
    assertThat(peer.message()).isEqualTo("{\"api_key\":\"" + KEY + "\"}");
    peer.result("r1");
    assertThat(heard.ids(1)).containsExactly("r1");
    assertThat(peer.messages).isEmpty();
  }

  @Test
  void idsArePercentEncoded() throws Exception {
    stub.always(
        StubService.CREATE,
        StubReply.json(
            201, "{\"stream_id\":\"a b?c\",\"webrtc\":{\"type\":\"answer\",\"sdp\":\"v=0\"}}"));
    OvershootStream stream = open();
    assertThat(stub.socket().path()).isEqualTo("/api/v0.2/ws/streams/a%20b%3Fc");
    stream.updatePrompt("q");
    assertThat(stub.request(StubService.PROMPT).path())
        .isEqualTo("/api/v0.2/streams/a%20b%3Fc/config/prompt");
  }

  @Test
  void aTrailingSlashIsIgnored() throws Exception {
    try (OvershootV02 other =
        new OvershootV02(ClientSettings.of(OvershootUrl.of(stub.url() + "/"), Secret.of(KEY)))) {
      other.models();
      assertThat(stub.request(StubService.MODELS).path()).isEqualTo("/api/v0.2/models");
    }
  }

  private static void assertHeaders(StubService.Seen seen) {
    assertThat(seen.header("authorization")).hasValue("Bearer " + KEY);
    assertThat(seen.header("content-type")).hasValue("application/json");
    assertThat(seen.header("accept")).hasValue("application/json");
  }

  private static JsonNode json(String text) throws Exception {
    return WireJson.mapper().readTree(text);
  }
}
