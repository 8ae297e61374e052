package framewise.overshoot.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultsOfEveryGenerationAreReadTest {

  private static final InferenceResult FULL =
      new InferenceResult(
          "r1",
          "s1",
          Optional.of(Mode.CLIP),
          Optional.of("overshoot"),
          "m",
          "p",
          "EXIT 42",
          210.5,
          330,
          true,
          Optional.empty(),
          Optional.of("stop"));

  @Test
  void resultsRoundTripWithAllFields() throws Exception {
    JsonNode tree = WireJson.mapper().valueToTree(FULL);
    assertThat(tree)
        .isEqualTo(
            json(
                """
                {"id":"r1","stream_id":"s1","mode":"clip","model_backend":"overshoot","model_name":"m","prompt":"p",
                 "result":"EXIT 42","inference_latency_ms":210.5,"total_latency_ms":330.0,"ok":true,"error":null,
                 "finish_reason":"stop"}
                """));
    assertThat(InferenceResult.read(tree)).hasValue(FULL);
    assertThat(WireJson.mapper().treeToValue(tree, InferenceResult.class)).isEqualTo(FULL);
  }

  @Test
  void theFirstGenerationHasNoModeAndNoFinishReason() throws Exception {
    InferenceResult result =
        read(
            """
            {"id":"r","stream_id":"s","model_backend":"gemini","model_name":"m","prompt":"p","result":"a",
             "inference_latency_ms":1,"total_latency_ms":2,"ok":true,"error":null}
            """);
    assertThat(result.mode()).isEmpty();
    assertThat(result.finishReason()).isEmpty();
    assertThat(result.modelBackend()).hasValue("gemini");
  }

  @Test
  void aFailedInferenceKeepsItsReason() throws Exception {
    InferenceResult result = read("{\"id\":\"r\",\"result\":null,\"error\":\"no valid output\"}");
    assertThat(result.ok()).isFalse();
    assertThat(result.result()).isEmpty();
    assertThat(result.error()).hasValue("no valid output");
  }

  @Test
  void aNonStringAnswerBecomesJson() throws Exception {
    assertThat(read("{\"result\":{\"count\":3}}").result()).isEqualTo("{\"count\":3}");
    assertThat(read("{\"result\":3,\"mode\":\"film\"}"))
        .satisfies(result -> assertThat(result.result()).isEqualTo("3"))
        .satisfies(result -> assertThat(result.mode()).isEmpty());
  }

  @Test
  void theOldNestedFormIsRead() throws Exception {
    assertThat(read("{\"inference\":{\"result\":\"old\"}}").result()).isEqualTo("old");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{\"type\":\"ack\"}", "[]", "3", "null", "\"text\"", "{\"id\":\"r\"}"})
  void otherMessagesAreNotResults(String message) throws Exception {
    assertThat(InferenceResult.read(json(message))).isEmpty();
  }

  private static InferenceResult read(String text) throws Exception {
    return InferenceResult.read(json(text)).orElseThrow();
  }

  private static JsonNode json(String text) throws Exception {
    return WireJson.mapper().readTree(text);
  }
}
