package framewise.overshoot.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading requests, as a server does. */
class RequestsOfEveryClientAreReadTest {

  @Test
  void theFirstJavaScriptClientWithAFractionalRate() throws Exception {
    CreateStreamRequest request =
        read(
            """
            {"webrtc":{"type":"offer","sdp":"v=0"},
             "processing":{"sampling_ratio":0.1,"fps":29.97,"clip_length_seconds":1,"delay_seconds":1},
             "inference":{"prompt":"p","backend":"overshoot","model":"Qwen/Qwen3-VL-30B-A3B-Instruct"},
             "future_key":{"a":1}}
            """);
    assertThat(request.webrtc()).hasValue(SdpMessage.offer("v=0"));
    assertThat(request.source()).isEmpty();
    assertThat(request.mode()).isEmpty();
    assertThat(request.processing()).isEqualTo(ClipProcessing.ofRatio(29.97, 0.1, 1, 1));
    assertThat(request.inference().backend()).hasValue("overshoot");
    assertThat(request.offersPeerConnection()).isTrue();
    assertThat(request.problems()).isEmpty();
  }

  @Test
  void theNewestJavaScriptClientWithALiveKitRoom() throws Exception {
    CreateStreamRequest request =
        read(
            """
            {"source":{"type":"livekit","url":"wss://x","token":"t"},"mode":"clip",
             "processing":{"target_fps":6,"clip_length_seconds":0.5,"delay_seconds":0.5},
             "inference":{"prompt":"p","backend":"overshoot","model":"m","max_output_tokens":64.0}}
            """);
    assertThat(request.source()).containsInstanceOf(StreamSource.LiveKit.class);
    assertThat(request.mode()).hasValue(Mode.CLIP);
    assertThat(request.inference().maxOutputTokens()).hasValue(64);
    assertThat(request.offersPeerConnection()).isFalse();
    assertThat(request.problems()).isEmpty();
  }

  @Test
  void thePythonClientWithoutASource() throws Exception {
    CreateStreamRequest request =
        read(
            """
            {"processing":{"interval_seconds":0.5},"inference":{"prompt":"p","model":"m"},"mode":"frame"}
            """);
    assertThat(request.source()).isEmpty();
    assertThat(request.processing()).isEqualTo(new FrameProcessing(0.5));
    assertThat(request.problems()).isEmpty();
  }

  @Test
  void nullsCountAsMissing() throws Exception {
    CreateStreamRequest request =
        read(
            """
            {"webrtc":null,"source":{"type":"webrtc","sdp":"v=0"},"mode":null,"client":{"request_id":"r"},
             "processing":{"fps":null,"sampling_ratio":null,"target_fps":null,"clip_length_seconds":1,"delay_seconds":1},
             "inference":{"prompt":"p","model":"m","output_schema_json":null,"max_output_tokens":null}}
            """);
    assertThat(request.webrtc()).isEmpty();
    assertThat(request.offersPeerConnection()).isTrue();
    assertThat(request.client().flatMap(ClientInfo::requestId)).hasValue("r");
    assertThat(request.problems()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"processing\":{\"interval_seconds\":1}}",
        "{\"inference\":{\"prompt\":\"p\",\"model\":\"m\"}}",
        "{\"processing\":{\"fps\":30},\"inference\":{\"prompt\":\"p\",\"model\":\"m\"}}",
        "{\"processing\":{\"interval_seconds\":1},\"inference\":{\"model\":\"m\"}}",
        "{\"processing\":{\"interval_seconds\":1},\"inference\":{\"prompt\":null,\"model\":\"m\"}}",
        "{\"processing\":null,\"inference\":{\"prompt\":\"p\",\"model\":\"m\"}}",
        "{\"processing\":[],\"inference\":{\"prompt\":\"p\",\"model\":\"m\"}}",
        "{\"mode\":\"clop\",\"processing\":{\"interval_seconds\":1},\"inference\":{\"prompt\":\"p\"}}",
        "{\"source\":{\"type\":\"tape\"},\"processing\":{\"interval_seconds\":1},\"inference\":{\"prompt\":\"p\"}}",
        "{\"source\":{\"sdp\":\"v=0\"},\"processing\":{\"interval_seconds\":1},\"inference\":{\"prompt\":\"p\"}}",
        "{\"webrtc\":{\"type\":\"offer\"},\"processing\":{\"interval_seconds\":1},\"inference\":{\"prompt\":\"p\"}}",
        "{\"processing\":{\"interval_seconds\":1},\"inference\":{\"prompt\":\"p\",\"max_output_tokens\":12.5}}",
        "{\"processing\":{\"interval_seconds\":\"soon\"},\"inference\":{\"prompt\":\"p\"}}",
        "[1]",
      })
  void malformedRequestsAreRefused(String body) {
    assertThatThrownBy(() -> read(body)).isInstanceOf(JsonMappingException.class);
  }

  @Test
  void strictModeRefusesUnknownFields() {
    assertThatThrownBy(
            () ->
                WireJson.mapper()
                    .rebuild()
                    .enable(
                        com.fasterxml.jackson.databind.DeserializationFeature
                            .FAIL_ON_UNKNOWN_PROPERTIES)
                    .build()
                    .readValue(
                        "{\"clip_length_seconds\":1,\"delay_seconds\":1,\"more\":1}",
                        Processing.class))
        .isInstanceOf(JsonMappingException.class)
        .hasMessageContaining("more");
  }

  @Test
  void allErrorsAreReportedTogether() throws Exception {
    List<InvalidField> problems =
        read("""
                {"webrtc":{"type":"answer","sdp":" "},"source":{"type":"livekit","url":"","token":" "},"mode":"frame",
                 "processing":{"fps":0.5,"sampling_ratio":0.05,"target_fps":2.5,"clip_length_seconds":61,"delay_seconds":0},
                 "inference":{"prompt":" ","backend":"tape","max_output_tokens":0}}
                """)
            .problems();
    assertThat(problems)
        .extracting(InvalidField::toString)
        .containsExactlyInAnyOrder(
            "webrtc can't be combined with source: use either",
            "webrtc.type is not offer but must be",
            "webrtc.sdp is empty but must be the SDP of the offer",
            "source.url is empty but must have at least one character",
            "source.token is empty but must have at least one character",
            "mode does not fit processing: interval_seconds belongs to frame only",
            "processing.fps is 0.5 but must be 1 to 120 frames per second",
            "processing.sampling_ratio is 0.05 but must be 0.1 to 1",
            "processing.clip_length_seconds is 61 but must be 0.1 to 60 seconds",
            "processing.delay_seconds is 0 but must be more than 0 and at most 60 seconds",
            "processing.target_fps can't be combined with fps or sampling_ratio: use either",
            "processing.target_fps is 2.5 but must be a whole number",
            "inference.prompt is empty but must have at least one character",
            "inference.model is empty but must have at least one character",
            "inference.backend is unknown but must be one of overshoot, gemini, openai, anthropic",
            "inference.max_output_tokens is 0 but must be 1 or more");
  }

  private static CreateStreamRequest read(String body) throws JsonProcessingException {
    return WireJson.mapper().readValue(body, CreateStreamRequest.class);
  }
}
