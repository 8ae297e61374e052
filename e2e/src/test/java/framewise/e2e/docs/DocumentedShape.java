package framewise.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;

/** Compares a response with a documented one, whose values are examples. */
final class DocumentedShape {
  /** Fields with the same value in every response of the kind. */
  private static final Set<String> FIXED =
      Set.of(
          "status", "service", "code", "title", "type", "ready", "backend", "filename", "version");

  private DocumentedShape() {}

  /**
   * Checks that every documented field is present with its type, and fixed ones with their value.
   */
  static void assertHas(JsonNode shown, JsonNode answer) {
    for (Map.Entry<String, JsonNode> field : shown.properties()) {
      String name = field.getKey();
      JsonNode value = answer.path(name);
      assertThat(value.getNodeType())
          .as("the type of %s in %s", name, answer)
          .isEqualTo(field.getValue().getNodeType());
      if (FIXED.contains(name)) {
        assertThat(value).as(name).isEqualTo(field.getValue());
      }
      if (field.getValue().isTextual() && field.getValue().asText().endsWith("...")) {
        assertThat(value.asText())
            .startsWith(field.getValue().asText().replaceFirst("\\.\\.\\.$", ""));
      }
      if (field.getValue().isObject()) {
        assertHas(field.getValue(), value);
      }
    }
  }
}
