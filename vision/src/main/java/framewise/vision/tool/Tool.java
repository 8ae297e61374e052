package framewise.vision.tool;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A function of the client that a model may call.
 *
 * @param name 1 to 64 of {@code A-Z a-z 0-9 _ -}
 * @param description when to call it; empty when not stated
 * @param parameters JSON Schema object of its arguments; empty when it takes none
 * @param strict whether arguments must match the schema exactly, where the service supports that
 */
public record Tool(
    String name,
    Optional<String> description,
    Optional<JsonNode> parameters,
    Optional<Boolean> strict) {}
