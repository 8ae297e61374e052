package framewise.vision.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.SchemaException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Counts the schemas that a schema expands to when each reference is replaced by its target, as
 * validators do. Forty definitions of 60 bytes, each naming the next one twice, expand to 2^40. A
 * reference to an enclosing schema counts as one. Used by one thread.
 */
final class ExpandedSize {
  /** A hundred times the size of the largest schemas in practice. */
  static final long MAX_SIZE = 10_000;

  private static final Set<String> REFERENCES = Set.of("$ref", "$dynamicRef", "$recursiveRef");

  private final IdentityHashMap<JsonNode, Long> sizes = new IdentityHashMap<>();

  /** The schema and its subschemas with an id, at which pointers start. */
  private final List<JsonNode> roots = new ArrayList<>();

  private final List<JsonNode> named = new ArrayList<>();

  private ExpandedSize(JsonNode schema) {
    roots.add(schema);
    collect(schema);
  }

  /**
   * @throws SchemaException when it expands to more than {@link #MAX_SIZE}
   */
  static void requireSmall(JsonNode schema) {
    if (new ExpandedSize(schema).of(schema) > MAX_SIZE) {
      throw new SchemaException(
          "its references expand to more than %,d schemas: refer to each definition fewer times"
              .formatted(MAX_SIZE));
    }
  }

  private void collect(JsonNode node) {
    if (node.path("$id").isTextual() || node.path("id").isTextual()) {
      roots.add(node);
      named.add(node);
    }
    if (node.path("$anchor").isTextual() || node.path("$dynamicAnchor").isTextual()) {
      named.add(node);
    }
    node.forEach(this::collect);
  }

  private long of(JsonNode node) {
    Long known = sizes.putIfAbsent(node, 1L);
    if (known != null) {
      return known;
    }
    long size = 1;
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        size += of(field.getKey(), field.getValue());
      }
    } else {
      for (JsonNode element : node) {
        size += element.isContainerNode() ? of(element) : 0;
      }
    }
    size = Math.min(size, MAX_SIZE + 1);
    sizes.put(node, size);
    return size;
  }

  private long of(String keyword, JsonNode value) {
    if (REFERENCES.contains(keyword) && value.isTextual()) {
      return targets(value.textValue()).stream().mapToLong(this::of).sum();
    }
    // Includes data and definitions: a property may have the name of any keyword.
    return value.isContainerNode() ? of(value) : 0;
  }

  /** All possible targets of a reference; more than one if ids nest. */
  private List<JsonNode> targets(String reference) {
    int hash = reference.indexOf('#');
    String fragment = hash < 0 ? "" : reference.substring(hash + 1);
    String resource = hash < 0 ? reference : reference.substring(0, hash);
    if (!fragment.isEmpty() && !fragment.startsWith("/")) {
      return named.stream().filter(node -> isNamed(node, fragment)).toList();
    }
    List<JsonNode> from =
        resource.isEmpty()
            ? roots
            : roots.stream().filter(root -> isResource(root, resource)).toList();
    return from.stream()
        .map(root -> at(root, fragment))
        .filter(node -> !node.isMissingNode())
        .toList();
  }

  private static JsonNode at(JsonNode root, String pointer) {
    try {
      return root.at(URLDecoder.decode(pointer.replace("+", "%2B"), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException noPointer) {
      return root.at("/");
    }
  }

  private static boolean isNamed(JsonNode node, String anchor) {
    return anchor.equals(node.path("$anchor").asText())
        || anchor.equals(node.path("$dynamicAnchor").asText())
        || node.path("$id").asText().endsWith("#" + anchor);
  }

  /** Ids are resolved against each other, so only the last part must match. */
  private static boolean isResource(JsonNode root, String resource) {
    String name = resource.substring(resource.lastIndexOf('/') + 1);
    String id = root.path("$id").asText(root.path("id").asText()).replaceFirst("#.*", "");
    return id.substring(id.lastIndexOf('/') + 1).equals(name);
  }
}
