package framewise.engine.keep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Keep settings as JSON, for the API and the database. */
public final class KeepJson {
  private KeepJson() {}

  public static ObjectNode write(KeepSettings settings) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("seconds", settings.seconds())
        .put("fps", settings.fps())
        .put("max_side", settings.maxSide());
  }

  /** Reads what {@link #write} wrote. */
  public static KeepSettings read(JsonNode json) {
    return new KeepSettings(
        json.required("seconds").asInt(),
        json.required("fps").asDouble(),
        json.required("max_side").asInt());
  }
}
