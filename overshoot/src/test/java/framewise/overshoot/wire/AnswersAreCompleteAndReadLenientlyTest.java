package framewise.overshoot.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.overshoot.Secret;
import framewise.overshoot.wire.answer.CreateStreamResponse;
import framewise.overshoot.wire.answer.ErrorAnswer;
import framewise.overshoot.wire.answer.KeepaliveResponse;
import framewise.overshoot.wire.answer.Lease;
import framewise.overshoot.wire.answer.ModelStatus;
import framewise.overshoot.wire.answer.StreamInfo;
import framewise.overshoot.wire.answer.StreamState;
import framewise.overshoot.wire.answer.TurnServer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AnswersAreCompleteAndReadLenientlyTest {

  @Test
  void creationWithEverything() throws Exception {
    CreateStreamResponse answer =
        new CreateStreamResponse(
            "s1",
            Optional.of(SdpMessage.answer("v=0")),
            Optional.of(new Lease(30)),
            Optional.of(List.of(new TurnServer(List.of("turn:a"), "u", Secret.of("c")))),
            Optional.empty());
    assertThat(tree(answer))
        .isEqualTo(
            json(
                """
                {"stream_id":"s1","webrtc":{"type":"answer","sdp":"v=0"},"lease":{"ttl_seconds":30},
                 "turn_servers":[{"urls":"turn:a","username":"u","credential":"c"}]}
                """));
    assertThat(read(tree(answer).toString(), CreateStreamResponse.class)).isEqualTo(answer);
  }

  @Test
  void creationWithOnlyAnIdAndOldFields() throws Exception {
    CreateStreamResponse answer =
        read(
            """
            {"stream_id":"s1","lease":null,"webrtc":null,"region":"us","turn_servers":
              [{"urls":["turn:a","turn:b"]}]}
            """,
            CreateStreamResponse.class);
    assertThat(answer.lease()).isEmpty();
    assertThat(answer.webrtc()).isEmpty();
    assertThat(answer.turnServers().orElseThrow().getFirst().urls()).hasSize(2);
  }

  @Test
  void keepalivesOfEveryVersion() throws Exception {
    KeepaliveResponse early =
        read(
            "{\"status\":\"ok\",\"stream_id\":\"s\",\"ttl_seconds\":300}", KeepaliveResponse.class);
    assertThat(early.ttlSeconds()).isEqualTo(300);
    assertThat(early.creditsRemainingCents()).isEmpty();
    KeepaliveResponse late =
        read(
            """
            {"status":"ok","stream_id":"s","ttl_seconds":45.0,"credits_remaining_cents":1234,"cost_cents":0.5,
             "seconds_charged":7.5,"state":"resting","livekit_token":"secret-token"}
            """,
            KeepaliveResponse.class);
    assertThat(late.ttlSeconds()).isEqualTo(45);
    assertThat(late.creditsRemainingCents()).hasValue(1234L);
    assertThat(late.costCents()).hasValue(0.5);
    assertThat(late.secondsCharged()).hasValue(7.5);
    assertThat(late.state()).hasValue(StreamState.UNKNOWN);
    assertThat(late.toString()).doesNotContain("secret-token");
  }

  @Test
  void modelsInEveryState() throws Exception {
    assertThat(
            WireJson.mapper()
                .writeValueAsString(
                    List.of(
                        ModelStatus.of("a", ModelStatus.ModelLoad.READY),
                        ModelStatus.of("b", ModelStatus.ModelLoad.DEGRADED),
                        ModelStatus.of("c", ModelStatus.ModelLoad.SATURATED),
                        ModelStatus.of("d", ModelStatus.ModelLoad.UNAVAILABLE))))
        .isEqualTo(
            "[{\"model\":\"a\",\"ready\":true,\"status\":\"ready\"},"
                + "{\"model\":\"b\",\"ready\":true,\"status\":\"degraded\"},"
                + "{\"model\":\"c\",\"ready\":false,\"status\":\"saturated\"},"
                + "{\"model\":\"d\",\"ready\":false,\"status\":\"unavailable\"}]");
    assertThat(read("{\"model\":\"a\",\"ready\":true,\"status\":\"loaded\"}", ModelStatus.class))
        .isEqualTo(new ModelStatus("a", true, ModelStatus.ModelLoad.UNKNOWN));
  }

  @Test
  void infoHasItsTwelveFields() throws Exception {
    StreamInfo info =
        new StreamInfo(
            "s", "webrtc", StreamState.ACTIVE, 1.5, 30, 1920, 1080, 1280, 720, 4, 1, 0.3);
    assertThat(tree(info))
        .isEqualTo(
            json(
                """
                {"stream_id":"s","source_type":"webrtc","state":"active","uptime_seconds":1.5,"fps":30.0,
                 "frame_width":1920,"frame_height":1080,"effective_width":1280,"effective_height":720,
                 "inferences_completed":4,"inferences_failed":1,"last_inference_latency_seconds":0.3}
                """));
    assertThat(read(tree(info).toString(), StreamInfo.class)).isEqualTo(info);
  }

  @Test
  void aPromptConfigHasTheFieldsOfThePythonClient() throws Exception {
    PromptConfig config =
        new PromptConfig(
            "c",
            "s",
            "q",
            "m",
            Optional.of("overshoot"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    assertThat(tree(config))
        .isEqualTo(
            json(
                """
                {"id":"c","stream_id":"s","prompt":"q","model":"m","backend":"overshoot",
                 "output_schema_json":null,"created_at":null,"updated_at":null}
                """));
  }

  @Test
  void anErrorHasACodeAndAText() throws Exception {
    assertThat(tree(ErrorAnswer.of("stream_not_found", "No such stream", "r1")))
        .isEqualTo(
            json(
                """
                {"error":"stream_not_found","message":"No such stream","request_id":"r1","details":null}
                """));
  }

  @Test
  void stopReasonsAreStrings() {
    assertThat(StopReason.LEASE_EXPIRED.closeText()).isEqualTo("stream ended: lease_expired");
    for (StopReason reason : StopReason.values()) {
      assertThat(StopReason.read(reason.closeText())).isEqualTo(reason);
      assertThat(StopReason.read(reason.word())).isEqualTo(reason);
    }
    assertThat(StopReason.read("going away")).isEqualTo(StopReason.OTHER);
  }

  private static <T> T read(String text, Class<T> type) throws Exception {
    return WireJson.mapper().readValue(text, type);
  }

  private static JsonNode tree(Object value) throws Exception {
    return json(WireJson.mapper().writeValueAsString(value));
  }

  private static JsonNode json(String text) throws Exception {
    return WireJson.mapper().readTree(text);
  }
}
