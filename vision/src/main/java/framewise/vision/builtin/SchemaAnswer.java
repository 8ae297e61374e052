package framewise.vision.builtin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.vision.AnswerException;
import framewise.vision.FailureKind;
import framewise.vision.builtin.model.ModelException;
import framewise.vision.schema.AnswerSchema;
import framewise.vision.schema.BadSchemaException;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * A structured answer that fits a JSON Schema. Each property is filled according to its name, or
 * else its description: counts, presence, text, labels, boxes, colours, a description. A required
 * property that cannot be filled truthfully fails the whole answer; an optional one is left out.
 */
final class SchemaAnswer {
  private static final int MAX_DEPTH = 16;
  private static final int MAX_NODES = 2_000;

  /**
   * Keywords that a picture cannot be guaranteed to satisfy, or that would run a foreign regular
   * expression.
   */
  private static final Set<String> REFUSED =
      Set.of("pattern", "patternProperties", "$dynamicRef", "$recursiveRef", "$vocabulary");

  private SchemaAnswer() {}

  /**
   * Produces JSON text that fits the schema.
   *
   * @throws AnswerException {@code schema_unsupported}, with the property that cannot be filled
   */
  static String answer(JsonNode asked, String prompt, ClipContents sight)
      throws AnswerException, ModelException, InterruptedException {
    JsonNode schema = local(asked);
    JsonNode value = new SchemaFiller(schema, prompt, sight).fill();
    AnswerSchema.SchemaCheck checked;
    try {
      checked = new AnswerSchema(schema).check(value);
    } catch (BadSchemaException e) {
      throw unsupported("The schema cannot be used: %s.".formatted(e.getMessage()));
    }
    if (!checked.fits()) {
      throw unsupported("The answer does not fit the schema: " + checked.fault());
    }
    return value.toString();
  }

  static AnswerException unsupported(String sentence) {
    return new AnswerException(FailureKind.SCHEMA_UNSUPPORTED, sentence);
  }

  /** A copy without external references. */
  private static JsonNode local(JsonNode asked) throws AnswerException {
    if (!asked.isObject()) {
      throw unsupported("The schema must be a JSON object.");
    }
    check(asked, 0, new int[1]);
    ObjectNode schema = asked.deepCopy();
    schema.remove(List.of("$schema", "$id"));
    return schema;
  }

  private static void check(JsonNode node, int depth, int[] nodes) throws AnswerException {
    if (depth > MAX_DEPTH || ++nodes[0] > MAX_NODES) {
      throw unsupported(
          "The schema is too large: at most %d levels and %d nodes."
              .formatted(MAX_DEPTH, MAX_NODES));
    }
    for (String keyword : REFUSED) {
      if (node.has(keyword)) {
        throw unsupported("The builtin back end does not take “" + keyword + "” in a schema.");
      }
    }
    JsonNode reference = node.path("$ref");
    if (reference.isTextual() && !reference.textValue().startsWith("#")) {
      throw unsupported("A schema may refer only to itself, not to " + reference.textValue() + ".");
    }
    for (Iterator<JsonNode> children = node.elements(); children.hasNext(); ) {
      check(children.next(), depth + 1, nodes);
    }
  }
}
