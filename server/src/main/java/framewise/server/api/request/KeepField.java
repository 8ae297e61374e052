package framewise.server.api.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.keep.KeepSettings;
import framewise.server.http.Fields;
import framewise.server.http.Reply;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads {@code keep}: how much of a live video is kept. */
public final class KeepField {
  private static final String NAME = "keep";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private KeepField() {}

  /**
   * Reads {@code {"seconds", "fps", "max_side"}}; adds a fault for each invalid value.
   *
   * @param usual defaults for missing fields
   * @return empty where the field is missing
   */
  public static Optional<KeepSettings> read(Fields fields, KeepSettings usual) {
    Optional<Fields> keep = fields.fields(NAME);
    if (keep.isEmpty()) {
      return Optional.empty();
    }
    OptionalInt seconds = keep.get().wholeNumber("seconds", 0, KeepSettings.MAX_SECONDS);
    double fps = keep.get().number("fps").orElse(usual.fps());
    OptionalInt side =
        keep.get().wholeNumber("max_side", KeepSettings.MIN_SIDE, KeepSettings.MAX_SIDE);
    return fields.make(
        () -> new KeepSettings(seconds.orElse(usual.seconds()), fps, side.orElse(usual.maxSide())));
  }

  /**
   * Reads it from a query, where it is JSON text.
   *
   * @throws framewise.engine.RefusedException listing every fault
   */
  public static Optional<KeepSettings> read(Map<String, List<String>> query, KeepSettings usual) {
    List<String> given = query.getOrDefault(NAME, List.of());
    if (given.isEmpty() || given.getFirst().isBlank()) {
      return Optional.empty();
    }
    ObjectNode object = Reply.object();
    try {
      object.set(NAME, JSON.readTree(given.getFirst()));
    } catch (JsonProcessingException noJson) {
      object.put(NAME, given.getFirst());
    }
    Fields fields = Fields.of(object);
    Optional<KeepSettings> keep = read(fields, usual);
    fields.requireSound();
    return keep;
  }
}
