package framewise.vision.builtin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.vision.AnswerException;
import framewise.vision.DetectedContent.DetectedBox;
import framewise.vision.builtin.object.Detection;
import framewise.vision.builtin.picture.Rectangle;
import framewise.vision.builtin.text.TextLine;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A thing or a line of text as an object in a list: label or text, score and place. Places are in
 * pixels of the frame, from its top left, and a box is {@code [left, top, right, bottom]}; if the
 * schema wants a box of non-integer numbers, it is {@code [x, y, width, height]} in fractions of
 * the picture.
 */
final class SeenItem {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private SeenItem() {}

  static JsonNode ofText(TextLine line, ClipContents sight, JsonNode schema, String path)
      throws AnswerException {
    return filled(
        schema,
        path,
        (name, property) ->
            switch (name) {
              case "text", "line", "content", "value", "string" ->
                  Optional.of(JSON.textNode(line.text()));
              default -> part(line.place(), line.confidence(), sight, name, property);
            });
  }

  static JsonNode ofThing(Detection thing, ClipContents sight, JsonNode schema, String path)
      throws AnswerException {
    return filled(
        schema,
        path,
        (name, property) ->
            switch (name) {
              case "label", "name", "class", "kind", "type", "object", "category" ->
                  Optional.of(JSON.textNode(thing.kind().singular()));
              default -> part(thing.place(), thing.score(), sight, name, property);
            });
  }

  private interface Part {
    Optional<JsonNode> of(String name, JsonNode property);
  }

  private static JsonNode filled(JsonNode schema, String path, Part part) throws AnswerException {
    ObjectNode item = JSON.objectNode();
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      String name = property.getKey();
      Optional<JsonNode> value =
          part.of(name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", ""), property.getValue());
      if (value.isPresent()) {
        item.set(name, value.get());
      }
    }
    for (JsonNode required : schema.path("required")) {
      if (!item.has(required.asText())) {
        throw SchemaAnswer.unsupported(
            ("The builtin back end cannot fill %s[].%s: an object has only a label, a"
                    + " score and a place.")
                .formatted(path, required.asText()));
      }
    }
    if (item.isEmpty()) {
      throw SchemaAnswer.unsupported(
          "The builtin back end cannot fill the objects in " + path + ".");
    }
    return item;
  }

  private static Optional<JsonNode> part(
      Rectangle place, double score, ClipContents sight, String name, JsonNode property) {
    return switch (name) {
      case "score", "confidence", "probability" ->
          Optional.of(JSON.numberNode(Math.round(score * 100) / 100.0));
      case "box", "bbox", "boundingbox" -> box(place, sight, property);
      case "left", "x", "x1", "xmin" -> pixels(place.left());
      case "top", "y", "y1", "ymin" -> pixels(place.top());
      case "right", "x2", "xmax" -> pixels(place.right());
      case "bottom", "y2", "ymax" -> pixels(place.bottom());
      case "width", "w" -> pixels(place.right() - place.left());
      case "height", "h" -> pixels(place.bottom() - place.top());
      default -> Optional.empty();
    };
  }

  private static Optional<JsonNode> box(Rectangle place, ClipContents sight, JsonNode property) {
    if (!property.path("type").asText().equals("array")) {
      return Optional.empty();
    }
    if (property.path("items").path("type").asText().equals("number")) {
      DetectedBox box = Places.box(place, sight.width(), sight.height());
      return Optional.of(
          JSON.arrayNode().add(box.x()).add(box.y()).add(box.width()).add(box.height()));
    }
    return Optional.of(
        JSON.arrayNode()
            .add(Math.round(place.left()))
            .add(Math.round(place.top()))
            .add(Math.round(place.right()))
            .add(Math.round(place.bottom())));
  }

  private static Optional<JsonNode> pixels(double value) {
    return Optional.of(JSON.numberNode(Math.round(value)));
  }
}
