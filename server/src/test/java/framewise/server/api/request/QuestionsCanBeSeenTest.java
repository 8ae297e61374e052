package framewise.server.api.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.Refusal.FieldError;
import framewise.engine.RefusedException;
import framewise.server.http.Fields;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Regression: a prompt without a visible character was accepted, and failed for every clip. */
class QuestionsCanBeSeenTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @CsvSource({
    "prompt, \\u0000",
    "prompt, \\u200b\\u2800",
    "system, \\u0000",
    "system, ' \\u0007'",
  })
  void aTextWithoutVisibleCharactersIsRefused(String field, String characters) {
    String other = field.equals("prompt") ? "" : ",\"prompt\":\"a\"";
    String json = "{\"%s\":\"%s\"%s}".formatted(field, characters, other);
    assertThatThrownBy(() -> StartRequest.read(Fields.of((ObjectNode) JSON.readTree(json))))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused ->
                assertThat(refused.refusal().errors())
                    .extracting(FieldError::field)
                    .containsExactly(field));
  }
}
