package framewise.server.api.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import framewise.engine.settings.FieldForm;
import java.math.BigDecimal;
import java.util.stream.Stream;

/**
 * Converts a field's text, from a query or a command line, to the JSON of a request body. Invalid
 * text stays text, to be reported with the other faults.
 */
public final class FieldText {
  /** Limit because parsing a number takes time quadratic in its length. */
  private static final int MAX_NUMBER_LENGTH = 100;

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private FieldText() {}

  /** Converts a field of this form. */
  public static JsonNode json(String text, FieldForm<?> form) {
    return switch (form) {
      case FieldForm.Characters characters -> NODES.textNode(text);
      case FieldForm.Choice<?> choice -> NODES.textNode(text);
      case FieldForm.WholeNumber whole -> number(text);
      case FieldForm.Decimal number -> number(text);
      case FieldForm.Threshold threshold -> parsed(text);
      case FieldForm.Flag flag -> parsed(text);
      case FieldForm.JsonSchema schema -> parsed(text);
      case FieldForm.NameList names -> {
        var list = NODES.arrayNode();
        Stream.of(text.split(",", -1)).map(String::strip).forEach(list::add);
        yield list;
      }
    };
  }

  /** Parses JSON text. */
  public static JsonNode parsed(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException noJson) {
      return NODES.textNode(text);
    }
  }

  private static JsonNode number(String text) {
    if (text.length() > MAX_NUMBER_LENGTH) {
      return NODES.textNode(text);
    }
    try {
      return NODES.numberNode(new BigDecimal(text));
    } catch (NumberFormatException noNumber) {
      return NODES.textNode(text);
    }
  }
}
