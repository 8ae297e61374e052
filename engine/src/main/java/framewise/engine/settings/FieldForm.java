package framewise.engine.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Type of a settings field: reads, writes and describes its values. Requests are checked against it
 * before; {@link #read} trusts its input. Immutable.
 */
public sealed interface FieldForm<T> {
  /** Writes the value as JSON, for the API and the database. */
  JsonNode write(T value);

  /** Reads a checked JSON value; empty where it means "not set". */
  Optional<T> read(JsonNode json);

  /**
   * Text; blank text counts as not set.
   *
   * @param maxLength maximum number of characters
   * @param sound whether a text is allowed
   * @param allowed what is allowed, phrased to follow "must"
   */
  record Characters(int maxLength, Predicate<String> sound, String allowed)
      implements FieldForm<String> {
    /** Text of any characters. */
    public Characters(int most) {
      this(most, text -> true, "be a string");
    }

    @Override
    public JsonNode write(String value) {
      return TextNode.valueOf(value);
    }

    @Override
    public Optional<String> read(JsonNode json) {
      return Optional.of(json.asText());
    }
  }

  /** A whole number from {@code min} to {@code max}. */
  record WholeNumber(int min, int max) implements FieldForm<Integer> {
    @Override
    public JsonNode write(Integer value) {
      return IntNode.valueOf(value);
    }

    @Override
    public Optional<Integer> read(JsonNode json) {
      return Optional.of(json.asInt());
    }
  }

  /** A number; the settings themselves check its range. */
  record Decimal() implements FieldForm<Double> {
    @Override
    public JsonNode write(Double value) {
      return DoubleNode.valueOf(value);
    }

    @Override
    public Optional<Double> read(JsonNode json) {
      return Optional.of(json.asDouble());
    }
  }

  /**
   * A number; or {@code false} for none; or {@code true} for the present value, or the default if
   * there is none.
   *
   * @param allowed what is allowed, phrased to follow "must be"
   */
  record Threshold(double usual, String allowed) implements FieldForm<Double> {
    @Override
    public JsonNode write(Double value) {
      return DoubleNode.valueOf(value);
    }

    @Override
    public Optional<Double> read(JsonNode json) {
      if (json.isBoolean()) {
        return json.asBoolean() ? Optional.of(usual) : Optional.empty();
      }
      return Optional.of(json.asDouble());
    }
  }

  /**
   * One of several values.
   *
   * @param nameOf the value's name in the API
   */
  record Choice<T>(List<T> values, Function<T, String> nameOf) implements FieldForm<T> {
    public List<String> names() {
      return values.stream().map(nameOf).toList();
    }

    @Override
    public JsonNode write(T value) {
      return TextNode.valueOf(nameOf.apply(value));
    }

    @Override
    public Optional<T> read(JsonNode json) {
      return values.stream().filter(value -> nameOf.apply(value).equals(json.asText())).findFirst();
    }
  }

  /** True or false. */
  record Flag() implements FieldForm<Boolean> {
    @Override
    public JsonNode write(Boolean value) {
      return BooleanNode.valueOf(value);
    }

    @Override
    public Optional<Boolean> read(JsonNode json) {
      return Optional.of(json.asBoolean());
    }
  }

  /**
   * A list of names.
   *
   * @param maxCount maximum number of names
   * @param maxLength maximum number of characters in a name
   */
  record NameList(int maxCount, int maxLength) implements FieldForm<List<String>> {
    @Override
    public JsonNode write(List<String> value) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      value.forEach(array::add);
      return array;
    }

    @Override
    public Optional<List<String>> read(JsonNode json) {
      return Optional.of(json.valueStream().map(JsonNode::asText).toList());
    }
  }

  /** A JSON Schema. */
  record JsonSchema() implements FieldForm<JsonNode> {
    /** Maximum size as JSON text in UTF-8. */
    public static final int MAX_BYTES = 64 << 10;

    private static final Logger LOG = LoggerFactory.getLogger(JsonSchema.class);

    @Override
    public JsonNode write(JsonNode value) {
      return value;
    }

    /**
     * Skips oversized schemas, which earlier versions accepted and which filled the memory at every
     * start.
     */
    @Override
    public Optional<JsonNode> read(JsonNode json) {
      int bytes = json.toString().getBytes(StandardCharsets.UTF_8).length;
      if (bytes > MAX_BYTES) {
        LOG.warn(
            "Ignoring the output_schema of a stored session: it has {} KB, and the limit is {} KB",
            bytes >> 10,
            MAX_BYTES >> 10);
        return Optional.empty();
      }
      return Optional.of(json);
    }
  }
}
