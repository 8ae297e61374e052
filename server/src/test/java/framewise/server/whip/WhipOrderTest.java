package framewise.server.whip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import framewise.engine.RefusedException;
import framewise.engine.settings.SkipUnchanged;
import framewise.engine.source.SourceKind;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhipOrderTest {
  @Test
  void missingAndBlankFieldsHaveDefaults() {
    WhipOrder order =
        WhipOrder.read(Map.of("prompt", List.of(" "), "name", List.of(), "fps", List.of("")));
    assertThat(order.kind()).isEqualTo(SourceKind.WHIP);
    assertThat(order.name()).isEqualTo("WHIP stream");
    assertThat(order.settings().prompt().text()).isEqualTo(WhipOrder.PROMPT);
    assertThat(order.settings().backend()).isEmpty();
    assertThat(order.settings().sampling().fps()).isEqualTo(1);
  }

  @Test
  void theFirstOfSeveralValuesCounts() {
    WhipOrder order =
        WhipOrder.read(Map.of("prompt", List.of("first", "second"), "source", List.of("screen")));
    assertThat(order.settings().prompt().text()).isEqualTo("first");
    assertThat(order.name()).isEqualTo("Screen");
  }

  @Test
  void aSchemaIsRead() {
    WhipOrder order = WhipOrder.read(Map.of("output_schema", List.of("{\"type\":\"object\"}")));
    assertThat(order.settings().first().outputSchema()).isPresent();
  }

  @Test
  void otherFieldsFollowTheStartBody() {
    WhipOrder order =
        WhipOrder.read(
            Map.of(
                "prompts", List.of("[{\"name\":\"a\",\"prompt\":\"A?\"}]"),
                "skip_unchanged", List.of("0.02"),
                "refresh_seconds", List.of("30"),
                "fallback", List.of("gemini, builtin"),
                "budget", List.of("1.5")));
    assertThat(order.settings().first().name()).contains("a");
    assertThat(order.settings().skipUnchanged()).contains(new SkipUnchanged(0.02, 30));
    assertThat(order.settings().fallback()).containsExactly("gemini", "builtin");
    assertThat(order.settings().budget()).contains(new BigDecimal("1.5"));
  }

  @Test
  void namesAreCleaned() {
    WhipOrder order = WhipOrder.read(Map.of("name", List.of("door\u202e\n7" + "x".repeat(999))));
    WhipOrder camera = WhipOrder.read(Map.of("name", List.of("rtsp://ada:secret@gate")));
    assertThat(camera.name()).contains("gate").doesNotContain("ada").doesNotContain("secret");
    assertThat(order.name()).startsWith("door7x").hasSizeLessThanOrEqualTo(255);
  }

  @ParameterizedTest
  @CsvSource({
    "fps, 1e999999999",
    "fps, NaN",
    "fps, -1",
    "delay_seconds, 3601",
    "max_output_tokens, 1.5",
    "max_output_tokens, 1e999999999",
    "max_output_tokens, 100001",
    "reasoning, much",
    "language, 'Klingon!'",
    "output_schema, [1]",
    "output_schema, no",
    "skip_unchanged, 2",
    "budget, 0",
    "source, upload",
  })
  void invalidFieldsAreNamed(String field, String value) {
    assertThatThrownBy(() -> WhipOrder.read(Map.of(field, List.of(value))))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused ->
                assertThat(refused.refusal().errors())
                    .singleElement()
                    .satisfies(error -> assertThat(error.field()).isEqualTo(field)));
  }

  @Test
  void aPromptHasALimit() {
    assertThatThrownBy(() -> WhipOrder.read(Map.of("prompt", List.of("a".repeat(8_001)))))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("prompt");
  }
}
