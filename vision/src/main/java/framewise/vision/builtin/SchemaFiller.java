package framewise.vision.builtin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.vision.AnswerException;
import framewise.vision.builtin.model.ModelException;
import framewise.vision.builtin.object.Detection;
import framewise.vision.builtin.prompt.Claim;
import framewise.vision.builtin.prompt.Request;
import framewise.vision.builtin.prompt.Skill;
import framewise.vision.builtin.prompt.Things;
import framewise.vision.builtin.scene.Colour;
import framewise.vision.builtin.scene.Motion;
import framewise.vision.builtin.text.TextLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Walks a schema and fills it with what was detected. */
final class SchemaFiller {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final JsonNode root;
  private final String prompt;
  private final ClipContents sight;

  SchemaFiller(JsonNode root, String prompt, ClipContents sight) {
    this.root = root;
    this.prompt = prompt;
    this.sight = sight;
  }

  JsonNode fill() throws AnswerException, ModelException, InterruptedException {
    return value(resolved(root, 0), "", "the answer", 0);
  }

  private JsonNode value(JsonNode schema, String name, String path, int depth)
      throws AnswerException, ModelException, InterruptedException {
    String type = type(schema, path);
    if (type.equals("object")) {
      return object(schema, path, depth);
    }
    String description = schema.path("description").asText();
    Request asked =
        Field.requestFor(name, description, prompt).orElseThrow(() -> cannot(path, schema));
    return switch (type) {
      case "array" -> array(schema, asked, path, depth);
      case "boolean" -> JSON.booleanNode(holds(schema, asked, path));
      case "integer", "number" -> JSON.numberNode(count(schema, asked, path));
      case "string" -> string(schema, asked, path);
      default -> throw cannot(path, schema);
    };
  }

  private ObjectNode object(JsonNode schema, String path, int depth)
      throws AnswerException, ModelException, InterruptedException {
    ObjectNode filled = JSON.objectNode();
    AnswerException reason = cannot(path, schema);
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      String name = property.getKey();
      String at = depth == 0 ? name : path + "." + name;
      try {
        filled.set(name, value(resolved(property.getValue(), depth), name, at, depth + 1));
      } catch (AnswerException e) {
        if (required(schema, name)) {
          throw e;
        }
        reason = e;
      }
    }
    if (filled.isEmpty()) {
      throw reason;
    }
    return filled;
  }

  private ArrayNode array(JsonNode schema, Request asked, String path, int depth)
      throws AnswerException, ModelException, InterruptedException {
    JsonNode item = resolved(schema.path("items"), depth);
    List<JsonNode> items = new ArrayList<>();
    boolean objects = type(item, path).equals("object");
    if (asked.skills().contains(Skill.READ)) {
      if (objects) {
        for (List<TextLine> row : sight.text().rows()) {
          for (TextLine line : row) {
            items.add(SeenItem.ofText(line, sight, item, path));
          }
        }
      } else {
        sight.text().lines().stream().map(JSON::textNode).forEach(items::add);
      }
    } else if (asked.skills().contains(Skill.FIND)) {
      Things wanted = onlyThings(asked, path, schema);
      for (Detection thing : sight.things(wanted.kinds())) {
        items.add(
            objects
                ? SeenItem.ofThing(thing, sight, item, path)
                : JSON.textNode(thing.kind().singular()));
      }
    } else if (asked.skills().contains(Skill.COLOURS) && !objects) {
      sight.colours().stream().map(Colour::word).map(JSON::textNode).forEach(items::add);
    } else {
      throw cannot(path, schema);
    }
    long most = schema.path("maxItems").asLong(Long.MAX_VALUE);
    boolean once = schema.path("uniqueItems").asBoolean();
    ArrayNode filled = JSON.arrayNode();
    (once ? items.stream().distinct() : items.stream()).limit(most).forEach(filled::add);
    return filled;
  }

  private boolean holds(JsonNode schema, Request asked, String path)
      throws AnswerException, ModelException, InterruptedException {
    if (asked.skills().contains(Skill.FIND)) {
      return asked.claim().orElse(Claim.SOME).holds(count(schema, asked, path));
    }
    if (asked.skills().contains(Skill.READ)) {
      return !sight.text().rows().isEmpty();
    }
    if (asked.skills().contains(Skill.MOTION)) {
      return !motion(path).none();
    }
    throw cannot(path, schema);
  }

  private long count(JsonNode schema, Request asked, String path)
      throws AnswerException, ModelException, InterruptedException {
    if (!asked.skills().contains(Skill.FIND)) {
      throw cannot(path, schema);
    }
    Things wanted = onlyThings(asked, path, schema);
    return new Counts(sight.things(wanted.kinds())).of(wanted);
  }

  private JsonNode string(JsonNode schema, Request asked, String path)
      throws AnswerException, ModelException, InterruptedException {
    String said;
    if (asked.skills().contains(Skill.READ)) {
      said = String.join("\n", sight.text().lines());
    } else if (asked.skills().contains(Skill.DESCRIBE)) {
      said = AnswerWriter.description(sight);
    } else if (asked.skills().contains(Skill.COLOURS)) {
      said =
          asked.things().isEmpty()
              ? AnswerWriter.colours(sight)
              : ThingColours.describe(asked.things(), sight);
    } else if (asked.skills().contains(Skill.MOTION)) {
      said = AnswerWriter.moved(motion(path));
    } else {
      Things wanted = onlyThings(asked, path, schema);
      said =
          schema.has("enum")
              ? yesOrNo(schema, asked, path)
              : AnswerWriter.counted(List.of(wanted), sight);
    }
    return JSON.textNode(said);
  }

  /** The schema's own spelling of yes or no, if it has one. */
  private String yesOrNo(JsonNode schema, Request asked, String path)
      throws AnswerException, ModelException, InterruptedException {
    String word = holds(schema, asked, path) ? "yes" : "no";
    for (JsonNode choice : schema.path("enum")) {
      if (choice.asText().equalsIgnoreCase(word)) {
        return choice.asText();
      }
    }
    return word;
  }

  private Motion motion(String path) throws AnswerException, ModelException, InterruptedException {
    Optional<Motion> motion = sight.motion();
    return motion.orElseThrow(
        () ->
            SchemaAnswer.unsupported(
                "The builtin back end cannot fill "
                    + path
                    + ": the clip is one frame, and movement needs two or more."));
  }

  /** The things to count, if the request asks for those and nothing narrower. */
  private static Things onlyThings(Request asked, String path, JsonNode schema)
      throws AnswerException {
    if (asked.things().size() != 1 || !asked.narrow().isEmpty() || !asked.unknown().isEmpty()) {
      throw cannot(path, schema);
    }
    return asked.things().getFirst();
  }

  /** The type, without null; an object if there is no type but properties. */
  private static String type(JsonNode schema, String path) throws AnswerException {
    JsonNode type = schema.path("type");
    if (type.isTextual()) {
      return type.textValue();
    }
    for (JsonNode choice : type) {
      if (!choice.asText().equals("null")) {
        return choice.asText();
      }
    }
    if (schema.has("properties")) {
      return "object";
    }
    throw SchemaAnswer.unsupported(
        "The builtin back end cannot fill " + path + ": the schema gives it no type.");
  }

  private JsonNode resolved(JsonNode schema, int depth) throws AnswerException {
    JsonNode at = schema;
    for (int hops = 0; at.path("$ref").isTextual(); hops++) {
      String reference = at.path("$ref").textValue();
      if (hops > 8 || depth > 8 || !(reference.equals("#") || reference.startsWith("#/"))) {
        throw SchemaAnswer.unsupported("The schema's reference " + reference + " has no target.");
      }
      at = root.at(reference.substring(1));
    }
    return at;
  }

  private static boolean required(JsonNode schema, String name) {
    for (JsonNode required : schema.path("required")) {
      if (required.asText().equals(name)) {
        return true;
      }
    }
    return false;
  }

  private static AnswerException cannot(String path, JsonNode schema) {
    return SchemaAnswer.unsupported(
        "The builtin back end cannot fill "
            + path
            + " ("
            + schema.path("type").asText("no type")
            + "): it can fill counts, whether something is there, text, labels, boxes, colours and"
            + " a description, for the kinds of objects it detects.");
  }
}
