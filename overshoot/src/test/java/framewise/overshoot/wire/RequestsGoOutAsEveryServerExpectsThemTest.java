package framewise.overshoot.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.overshoot.Secret;
import org.junit.jupiter.api.Test;

class RequestsGoOutAsEveryServerExpectsThemTest {

  private static final Inference ASK = Inference.of("p", Inference.DEFAULT_MODEL);

  @Test
  void variantAHasTheBodyOfTheFirstClients() throws Exception {
    CreateStreamRequest request =
        CreateStreamRequest.ofOffer(
            "v=0", ClipProcessing.ofRatio(30, 0.1, 1, 1), ASK.withBackend("overshoot"));
    assertThat(tree(request))
        .isEqualTo(
            json(
                """
                {"webrtc":{"type":"offer","sdp":"v=0"},
                 "processing":{"fps":30,"sampling_ratio":0.1,"clip_length_seconds":1.0,"delay_seconds":1.0},
                 "inference":{"prompt":"p","model":"Qwen/Qwen3-VL-30B-A3B-Instruct","backend":"overshoot"}}
                """));
  }

  @Test
  void variantBAlwaysHasItsMode() throws Exception {
    CreateStreamRequest clip =
        CreateStreamRequest.ofSource(
            new StreamSource.LiveKit("wss://x", Secret.of("t")),
            ClipProcessing.ofTarget(6, 0.5, 0.5),
            Inference.of("p", "m"));
    assertThat(tree(clip))
        .isEqualTo(
            json(
                """
                {"source":{"type":"livekit","url":"wss://x","token":"t"},"mode":"clip",
                 "processing":{"target_fps":6,"clip_length_seconds":0.5,"delay_seconds":0.5},
                 "inference":{"prompt":"p","model":"m"}}
                """));
    CreateStreamRequest frame =
        CreateStreamRequest.ofSource(
                new StreamSource.WebRtc("v=0"), new FrameProcessing(0.5), Inference.of("p", "m"))
            .withRequestId("mine-1");
    assertThat(tree(frame))
        .isEqualTo(
            json(
                """
                {"source":{"type":"webrtc","sdp":"v=0"},"mode":"frame",
                 "processing":{"interval_seconds":0.5},
                 "inference":{"prompt":"p","model":"m"},"client":{"request_id":"mine-1"}}
                """));
  }

  @Test
  void schemaAndMaximumLengthAreSent() throws Exception {
    ObjectNode schema = (ObjectNode) json("{\"type\":\"object\"}");
    assertThat(tree(Inference.of("p", "m").withOutputSchema(schema).withMaxOutputTokens(64)))
        .isEqualTo(
            json(
                """
                {"prompt":"p","model":"m","output_schema_json":{"type":"object"},"max_output_tokens":64}
                """));
  }

  @Test
  void integersHaveNoFraction() throws Exception {
    assertThat(WireJson.mapper().writeValueAsString(ClipProcessing.ofRatio(30, 1, 0.5, 0.5)))
        .contains("\"fps\":30,");
    assertThat(WireJson.mapper().writeValueAsString(ClipProcessing.ofRatio(29.97, 1, 0.5, 0.5)))
        .contains("\"fps\":29.97,");
    assertThat(ClipProcessing.ofRatio(29.97, 1, 0.5, 0.5).withWholeFps().fps()).hasValue(30.0);
  }

  @Test
  void smallBodiesHaveTheirFieldsOnly() throws Exception {
    assertThat(tree(new PromptUpdate("q"))).isEqualTo(json("{\"prompt\":\"q\"}"));
    assertThat(tree(new Feedback(5, "good", "")))
        .isEqualTo(json("{\"rating\":5,\"category\":\"good\",\"feedback\":\"\"}"));
    assertThat(tree(new SocketHello(Secret.of("k")))).isEqualTo(json("{\"api_key\":\"k\"}"));
  }

  private static JsonNode tree(Object value) throws Exception {
    return json(WireJson.mapper().writeValueAsString(value));
  }

  private static JsonNode json(String text) throws Exception {
    return WireJson.mapper().readTree(text);
  }
}
