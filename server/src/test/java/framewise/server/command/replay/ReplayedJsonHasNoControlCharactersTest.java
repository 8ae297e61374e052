package framewise.server.command.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

/** Regression: C1 control characters and U+202E in answers reached the terminal unchanged. */
class ReplayedJsonHasNoControlCharactersTest {
  @Test
  void andHasTheSameMeaning() throws Exception {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("now", "\u001b[2J \u009b2J \u202egnp \u007f \udb40\udc41 Tür \"$1\\\"");
    String written = ComparisonText.escaped(json);
    assertThat(written).doesNotContainPattern("\\p{C}").contains("\\u009b", "\\u202e", "Tür");
    assertThat(JsonMapper.builder().build().readTree(written)).isEqualTo(json);
  }
}
