package framewise.vision.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the single JSON value in a model's answer. A text that is JSON as a whole counts unchanged.
 * An object or an array may have words and Markdown around it, because its ends are clear; a number
 * or a word within a sentence does not count. Of two different values none counts, nor does a
 * broken or truncated one. Takes time proportional to the text.
 *
 * @param value empty when there is none
 * @param fault why there is none, as the end of a sentence; empty when there is one
 */
public record JsonText(Optional<JsonNode> value, String fault) {
  private static final JsonMapper JSON =
      ServiceJson.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  /** Maximum bracketed words; a text with more does not count as an answer. */
  private static final int MAX_BRACKETED_WORDS = 1_000;

  private static final Pattern FENCED = Pattern.compile("(```|~~~)(?<code>.*?)\\1", Pattern.DOTALL);

  /** The label after the opening fence, such as {@code json}. */
  private static final Pattern LANGUAGE = Pattern.compile("\\A[^\\s\"{\\[]+\\s");

  private static final Pattern BEGINS =
      Pattern.compile("\\{\\s{0,99}[\"'}]|\\[\\s{0,99}[\\[{\"'\\]\\dtfn-]");

  /** Whether a text is JSON as a whole. */
  public static boolean isJson(String text) {
    return parse(text).isPresent();
  }

  /** The value in a text for a schema, which may rule out surrounding values. */
  public static JsonText in(String text, JsonNode schema) {
    Optional<JsonNode> whole = parse(text.replace("\uFEFF", ""));
    return whole.isPresent()
        ? new JsonText(whole.map(value -> unquoted(value, Kinds.of(schema))), "")
        : new Search(text, schema).search();
  }

  /** Unwraps an object that was written as a string, unless the schema allows strings. */
  private static JsonNode unquoted(JsonNode value, Kinds kinds) {
    return value.isTextual() && !kinds.scalars()
        ? parse(value.textValue()).filter(kinds::include).orElse(value)
        : value;
  }

  private static Optional<JsonNode> parse(String text) {
    try {
      return Optional.of(JSON.readTree(text)).filter(json -> !json.isMissingNode());
    } catch (JsonProcessingException noJson) {
      return Optional.empty();
    }
  }

  /** Searches a text for values. */
  private static final class Search {
    private final String text;
    private final JsonNode schema;
    private final Kinds kinds;
    private final Set<JsonNode> values = new LinkedHashSet<>();

    Search(String text, JsonNode schema) {
      this.text = text;
      this.schema = schema;
      this.kinds = Kinds.of(schema);
    }

    JsonText search() {
      if (kinds.scalars()) {
        fenced();
      }
      boolean sound = bracketed();
      // Some models repeat the schema before they fill it.
      values.remove(schema);
      if (!sound) {
        return new JsonText(Optional.empty(), "its JSON is broken or cut off");
      }
      return switch (values.size()) {
        case 0 -> new JsonText(Optional.empty(), "it is not JSON");
        case 1 -> new JsonText(Optional.of(values.iterator().next()), "");
        default ->
            new JsonText(
                Optional.empty(),
                "it has %d different JSON values and must have one".formatted(values.size()));
      };
    }

    private void fenced() {
      Matcher fences = FENCED.matcher(text);
      while (fences.find()) {
        String code = fences.group("code");
        parse(code)
            .or(() -> parse(LANGUAGE.matcher(code).replaceFirst("")))
            .filter(JsonNode::isValueNode)
            .ifPresent(values::add);
      }
    }

    /** Whether everything that looks like JSON is JSON. */
    private boolean bracketed() {
      Matcher begins = BEGINS.matcher(text);
      int at = 0;
      int unread = 0;
      while (begins.find(at)) {
        int start = begins.start();
        int end = end(start);
        if (end < 0) {
          return false;
        }
        String found = text.substring(start, end);
        Optional<JsonNode> json = parse(found);
        json.filter(kinds::include).ifPresent(values::add);
        boolean words = found.startsWith("[") && found.indexOf('"') < 0 && found.indexOf('{') < 0;
        unread += json.isEmpty() ? 1 : 0;
        if ((json.isEmpty() && !words) || unread > MAX_BRACKETED_WORDS) {
          return false;
        }
        at = end;
      }
      return true;
    }

    /** The position after the matching bracket; -1 when there is none. */
    private int end(int start) {
      int depth = 0;
      boolean quoted = false;
      for (int i = start; i < text.length(); i++) {
        char c = text.charAt(i);
        if (quoted) {
          quoted = c != '"';
          i += c == '\\' ? 1 : 0;
        } else if (c == '"') {
          quoted = true;
        } else if (c == '{' || c == '[') {
          depth++;
        } else if (c == '}' || c == ']') {
          depth--;
          if (depth == 0) {
            return i + 1;
          }
        }
      }
      return -1;
    }
  }

  /** The kinds of values that a schema allows, as far as its top level says. */
  private record Kinds(boolean objects, boolean arrays, boolean scalars) {
    static Kinds of(JsonNode schema) {
      Set<String> types = new LinkedHashSet<>();
      JsonNode type = schema.path("type");
      if (type.isTextual()) {
        types.add(type.textValue());
      }
      type.forEach(one -> types.add(one.asText()));
      if (types.isEmpty() && schema.has("const")) {
        types.add(typeOf(schema.path("const")));
      }
      if (types.isEmpty()) {
        schema.path("enum").forEach(one -> types.add(typeOf(one)));
      }
      boolean all = types.isEmpty();
      boolean objects = types.remove("object");
      boolean arrays = types.remove("array");
      return new Kinds(all || objects, all || arrays, all || !types.isEmpty());
    }

    boolean include(JsonNode value) {
      return (value.isObject() && objects) || (value.isArray() && arrays);
    }

    private static String typeOf(JsonNode value) {
      return switch (value.getNodeType()) {
        case OBJECT -> "object";
        case ARRAY -> "array";
        default -> "scalar";
      };
    }
  }
}
