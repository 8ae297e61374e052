package framewise.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.Refusal;
import framewise.engine.Refusal.Code;
import framewise.engine.Refusal.FieldError;
import framewise.engine.RefusedException;
import framewise.engine.ShownText;
import framewise.engine.settings.FieldForm;
import framewise.media.OutOfRangeException;
import framewise.vision.schema.AnswerSchema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Fields of a request, read by type. Collects faults, so that a caller gets all of them at once.
 * {@code null} counts as missing; unknown fields are ignored, as in the original API. Used by one
 * thread.
 */
public final class Fields {
  private static final int SHOWN_VALUE = 80;

  private final ObjectNode object;
  private final String prefix;
  private final List<FieldError> errors;

  Fields(ObjectNode object) {
    this(object, "", new ArrayList<>());
  }

  /** Fields of a parsed object. */
  public static Fields of(ObjectNode object) {
    return new Fields(object);
  }

  private Fields(ObjectNode object, String prefix, List<FieldError> errors) {
    this.object = object;
    this.prefix = prefix;
    this.errors = errors;
  }

  public Optional<String> string(String name) {
    return present(name)
        .filter(value -> value.isTextual() || refuse(name, value, "a string"))
        .map(JsonNode::asText);
  }

  /** Like {@link #string}; a text with more characters than this is a fault, and not returned. */
  public Optional<String> string(String name, int most) {
    Optional<String> text = string(name);
    if (text.isPresent() && text.get().length() > most) {
      add(
          name,
          "%s has %d characters but must have at most %d"
              .formatted(name, text.get().length(), most));
      return Optional.empty();
    }
    return text;
  }

  /** Like {@link #string}, with a fault when it is missing. */
  public Optional<String> requiredString(String name) {
    if (present(name).isEmpty()) {
      add(name, "%s is missing but must be a string".formatted(name));
    }
    return string(name);
  }

  public OptionalDouble number(String name) {
    return number(name, "a number");
  }

  /**
   * Like {@link #number(String)}, for a field that allows other values too.
   *
   * @param allowed all allowed values, as text to follow "must be"
   */
  public OptionalDouble number(String name, String allowed) {
    Optional<JsonNode> value =
        present(name).filter(json -> json.isNumber() || refuse(name, json, allowed));
    return value.isPresent() ? OptionalDouble.of(value.get().asDouble()) : OptionalDouble.empty();
  }

  public OptionalInt wholeNumber(String name, int min, int max) {
    Optional<JsonNode> value =
        present(name)
            .filter(
                json ->
                    (json.canConvertToExactIntegral()
                            && json.canConvertToInt()
                            && json.asInt() >= min
                            && json.asInt() <= max)
                        || refuse(name, json, "a whole number from %d to %d".formatted(min, max)));
    return value.isPresent() ? OptionalInt.of(value.get().asInt()) : OptionalInt.empty();
  }

  public Optional<Boolean> flag(String name) {
    return present(name)
        .filter(value -> value.isBoolean() || refuse(name, value, "true or false"))
        .map(JsonNode::asBoolean);
  }

  public Optional<JsonNode> object(String name) {
    return present(name).filter(value -> value.isObject() || refuse(name, value, "a JSON object"));
  }

  /** JSON Schema for answers. */
  public Optional<JsonNode> schema(String name) {
    return object(name).filter(value -> isSchema(name, value));
  }

  /** Whether the schema is usable; adds a fault where it is not. */
  public boolean isSchema(String name, JsonNode value) {
    int bytes = value.toString().getBytes(StandardCharsets.UTF_8).length;
    if (bytes > FieldForm.JsonSchema.MAX_BYTES) {
      add(
          name,
          "%s is %d KB long but must be at most %d KB"
              .formatted(name, (bytes + 1023) >> 10, FieldForm.JsonSchema.MAX_BYTES >> 10));
      return false;
    }
    Optional<String> fault = AnswerSchema.fault(value);
    fault.ifPresent(why -> add(name, "%s is not a usable JSON Schema: %s".formatted(name, why)));
    return fault.isEmpty();
  }

  /**
   * Fields of a nested object. Its faults are added to this one's, under names such as {@code
   * processing.fps}.
   */
  public Optional<Fields> fields(String name) {
    return object(name).map(value -> new Fields((ObjectNode) value, prefix + name + ".", errors));
  }

  /** Like {@link #string(String, int)}, with a fault when it is missing. */
  public Optional<String> requiredString(String name, int most) {
    if (present(name).isEmpty()) {
      return requiredString(name);
    }
    return string(name, most);
  }

  /**
   * One line of text for people, without surrounding blanks; with a fault when it is longer, or has
   * characters that can't be seen.
   */
  public Optional<String> line(String name, int most) {
    return visible(name, string(name, most), ShownText::hasHidden);
  }

  /** Like {@link #line}, with a fault when it is missing or empty. */
  public Optional<String> requiredLine(String name, int most) {
    if (present(name).isEmpty()) {
      return requiredString(name);
    }
    Optional<String> line = line(name, most);
    if (line.filter(ShownText::isBlank).isPresent()) {
      add(name, "%s is empty but must have 1 to %d characters".formatted(name, most));
    }
    return line;
  }

  /** Like {@link #line}, but allows line breaks and tabs. */
  public Optional<String> lines(String name, int most) {
    return visible(name, string(name, most), ShownText::hasHiddenInLines);
  }

  private Optional<String> visible(String name, Optional<String> text, Predicate<String> hidden) {
    if (text.filter(hidden).isPresent()) {
      add(name, "%s has control characters".formatted(name));
    }
    return text.map(String::strip);
  }

  /** List of strings; empty where it is missing. */
  public List<String> strings(String name, int most, int longest) {
    List<String> strings = new ArrayList<>();
    for (JsonNode element : array(name, 0, most, "a list of strings")) {
      if (element.isTextual()
          && !element.asText().isBlank()
          && element.asText().length() <= longest) {
        strings.add(element.asText());
      } else {
        refuse(name, element, "a list of strings of 1 to %d characters".formatted(longest));
      }
    }
    return strings;
  }

  /**
   * Fields of each object in a list, at least one. Their faults are added to this one's, under
   * names such as {@code prompts[0].name}.
   */
  public List<Fields> list(String name, int most) {
    List<Fields> list = new ArrayList<>();
    int index = 0;
    for (JsonNode element : array(name, 1, most, "a list of objects")) {
      if (element instanceof ObjectNode object) {
        list.add(new Fields(object, "%s%s[%d].".formatted(prefix, name, index), errors));
      } else {
        refuse(name, element, "a list of objects");
      }
      index++;
    }
    return list;
  }

  /** Value of a field that allows other values than booleans too; empty for those. */
  public Optional<Boolean> flagIn(String name) {
    return present(name).filter(JsonNode::isBoolean).map(JsonNode::asBoolean);
  }

  private List<JsonNode> array(String name, int least, int most, String allowed) {
    Optional<JsonNode> value = present(name);
    if (value.isEmpty()) {
      return List.of();
    }
    if (!value.get().isArray() || value.get().size() < least || value.get().size() > most) {
      refuse(name, value.get(), "%s, %d to %d of them".formatted(allowed, least, most));
      return List.of();
    }
    return value.get().valueStream().toList();
  }

  /** Text of a field that allows other values too. */
  public Optional<String> textIn(String name) {
    return present(name).filter(JsonNode::isTextual).map(JsonNode::asText);
  }

  /** Raw value of this field. */
  public Optional<JsonNode> json(String name) {
    return present(name);
  }

  /** Names of all fields. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** Number of fields. */
  public int size() {
    return object.size();
  }

  /** Whether this field has a value. */
  public boolean has(String name) {
    return present(name).isPresent();
  }

  /** Whether this field is a list that is not empty. */
  public boolean isFilled(String name) {
    return present(name).filter(value -> value.isArray() && !value.isEmpty()).isPresent();
  }

  /** Whether a field is present, even if null. */
  public boolean mentions(String name) {
    return object.has(name);
  }

  /** Whether a field is present and null. */
  public boolean isNull(String name) {
    return object.has(name) && object.get(name).isNull();
  }

  /** Builds an object from the fields; a refusal becomes a fault. */
  public <T> Optional<T> make(Supplier<T> maker) {
    try {
      return Optional.of(maker.get());
    } catch (OutOfRangeException e) {
      add(e.field(), String.valueOf(e.getMessage()));
    } catch (RefusedException e) {
      e.refusal().errors().forEach(error -> add(error.field(), error.message()));
    }
    return Optional.empty();
  }

  /**
   * Adds a fault.
   *
   * @param message starts with the field's name
   */
  public void add(String name, String message) {
    errors.add(new FieldError(prefix + name, prefix + message));
  }

  /** Whether there are no faults so far. */
  public boolean isSound() {
    return errors.isEmpty();
  }

  /**
   * Call this after reading all fields.
   *
   * @throws RefusedException when there are faults
   */
  public void requireSound() {
    if (!errors.isEmpty()) {
      String detail =
          errors.stream().map(FieldError::message).collect(Collectors.joining("; ", "", "."));
      throw new Refusal(Code.INVALID_FIELD, detail, errors).asException();
    }
  }

  private Optional<JsonNode> present(String name) {
    return Optional.ofNullable(object.get(name)).filter(value -> !value.isNull());
  }

  /** Adds a fault; always returns false, as the end of a filter. */
  private boolean refuse(String name, JsonNode value, String allowed) {
    String whole = value.toString();
    String shown = ShownText.of(whole, SHOWN_VALUE) + (whole.length() > SHOWN_VALUE ? "..." : "");
    add(name, "%s is %s but must be %s".formatted(name, shown, allowed));
    return false;
  }
}
