package framewise.server.api.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.RefusedException;
import framewise.engine.settings.StreamSettings;
import framewise.server.http.Fields;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromptNamesAreDistinctTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Test
  void namesAreTrimmed() throws Exception {
    assertThat(read("\\u00a0 signs \\u3000", "people").prompts())
        .extracting(prompt -> prompt.name().orElseThrow())
        .containsExactly("signs", "people");
    assertThat(read("  " + "x".repeat(64) + "  ", "people").first().name()).isPresent();
  }

  @Test
  void everyScriptIsAllowed() throws Exception {
    assertThat(read("\u6807\u5fd7", "Stra\u00dfe \ud83d\udc68\u200d\ud83d\udc69").prompts())
        .hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\\nb",
        "a\\r",
        "a\\u0000",
        "a\\tb",
        "\\u001b[31m",
        "a\\u0085b",
        "a\\u2028b",
        "a\\u2029",
        "\\ud800",
        "a\\u202eb"
      })
  void invisibleCharactersAreRefused(String name) {
    assertRefused(name, "people", "prompts[0].name", "prompts[0].name has control characters");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "signs|signs|prompts[1].name is \"signs\" but another prompt already has this name",
        "signs|signs\\u00a0|prompts[1].name is \"signs\" but another prompt already has this name",
        "Signs|sIGNS|prompts[1].name is \"sIGNS\" but another prompt already has the name"
            + " \"Signs\": names must differ in",
        "caf\u00e9|CAFE\u0301|but another prompt already has",
      })
  void duplicatesAreRefused(String one, String other, String words) {
    assertRefused(one, other, "prompts[1].name", words);
  }

  @Test
  void emptyAndLongNamesAreRefused() {
    assertRefused(
        " \\u00a0", "a", "prompts[0].name", "prompts[0].name is empty but must distinguish");
    assertRefused(
        "x".repeat(65), "a", "prompts[0].name", "has 65 characters but must have at most 64");
  }

  private static void assertRefused(String one, String other, String field, String words) {
    assertThatThrownBy(() -> read(one, other))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused ->
                assertThat(refused.refusal().errors())
                    .singleElement()
                    .satisfies(
                        error -> {
                          assertThat(error.field()).isEqualTo(field);
                          assertThat(error.message()).contains(words);
                        }));
  }

  /** Reads the settings from a request with these two prompt names. */
  private static StreamSettings read(String one, String other) throws Exception {
    String json =
        "{\"prompts\":[{\"name\":\"%s\",\"prompt\":\"a\"},{\"name\":\"%s\",\"prompt\":\"b\"}]}"
            .formatted(one, other);
    return StartRequest.read(Fields.of((ObjectNode) JSON.readTree(json)));
  }
}
