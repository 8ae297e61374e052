package framewise.engine.pipeline;

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
 * What a field of the settings may hold. Requests are checked against it by whoever reads them;
 * {@link #read} trusts what it is given. Immutable.
 */
public sealed interface FieldForm<T> {
  /** As JSON, in answers and in the database. */
  JsonNode write(T value);

  /** The value of sound JSON; empty where it stands for none. */
  Optional<T> read(JsonNode json);

  /**
   * Characters, of which blanks alone count as left out.
   *
   * @param most how many
   * @param sound whether a text is allowed
   * @param allowed which are, to be read after "must"
   */
  record Characters(int most, Predicate<String> sound, String allowed)
      implements FieldForm<String> {
    /** Any characters. */
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

  /** A number; the settings themselves say which they refuse. */
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
   * A number, {@code false} for none, or {@code true} for the one that holds, else the usual one.
   *
   * @param allowed which, to be read after "must be"
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
   * @param nameOf how the API spells a value
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
   * @param most how many
   * @param longest how many characters each may have
   */
  record NameList(int most, int longest) implements FieldForm<List<String>> {
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
    /** How long it may be, as JSON text in UTF-8. */
    public static final int MAX_BYTES = 64 << 10;

    private static final Logger LOG = LoggerFactory.getLogger(JsonSchema.class);

    @Override
    public JsonNode write(JsonNode value) {
      return value;
    }

    /** Earlier versions took schemas of any length, which filled the memory of later starts. */
    @Override
    public Optional<JsonNode> read(JsonNode json) {
      int bytes = json.toString().getBytes(StandardCharsets.UTF_8).length;
      if (bytes > MAX_BYTES) {
        LOG.warn(
            "A stored session has an output_schema of {} KB: it is left out, the limit is {} KB",
            bytes >> 10,
            MAX_BYTES >> 10);
        return Optional.empty();
      }
      return Optional.of(json);
    }
  }
}
