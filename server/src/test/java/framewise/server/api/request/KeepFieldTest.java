package framewise.server.api.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.keep.KeepSettings;
import framewise.server.http.Fields;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeepFieldTest {
  private static final KeepSettings USUAL = new KeepSettings(60, 5, 640);

  @Test
  void missingFieldsHaveDefaults() throws Exception {
    assertThat(read("{}")).isEmpty();
    assertThat(read("{'keep': null}")).isEmpty();
    assertThat(read("{'keep': {}}")).contains(USUAL);
    assertThat(read("{'keep': {'seconds': 7200, 'fps': 0.5, 'max_side': 320}}"))
        .contains(new KeepSettings(7_200, 0.5, 320));
    assertThat(KeepField.read(Map.of("keep", List.of("{\"seconds\": 0}")), USUAL))
        .hasValueSatisfying(keep -> assertThat(keep.isOn()).isFalse());
    assertThat(KeepField.read(Map.of(), USUAL)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'keep': 5} | keep is 5 but must be a JSON object",
        "{'keep': {'seconds': -1}} | keep.seconds is -1 but must be a whole number from 0 to 86400",
        "{'keep': {'seconds': 1.5}} | keep.seconds is 1.5 but must be a whole number",
        "{'keep': {'fps': 0}} | keep.fps is 0 but must be from 0.1 to 15",
        "{'keep': {'fps': 'x'}} | keep.fps is \"x\" but must be a number",
        "{'keep': {'max_side': 8192}} | keep.max_side is 8192 but must be a whole number from 64"
      })
  void eachErrorIsNamed(String json, String message) {
    assertThatThrownBy(() -> read(json.replace('\'', '"'))).hasMessageContaining(message);
  }

  @Test
  void aQueryThatIsNotJsonSaysSo() {
    assertThatThrownBy(() -> KeepField.read(Map.of("keep", List.of("600s")), USUAL))
        .hasMessageContaining("keep is \"600s\" but must be a JSON object");
  }

  private static Optional<KeepSettings> read(String json) throws Exception {
    var fields = Fields.of((ObjectNode) new ObjectMapper().readTree(json.replace('\'', '"')));
    Optional<KeepSettings> keep = KeepField.read(fields, USUAL);
    fields.requireSound();
    return keep;
  }
}
