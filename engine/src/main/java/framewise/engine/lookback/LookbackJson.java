package framewise.engine.lookback;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.settings.SettingsJson;
import framewise.media.MediaTime;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Look-backs as JSON, for the API and the database. */
public final class LookbackJson {
  private LookbackJson() {}

  /** Writes a look-back with all fields. */
  public static ObjectNode write(Lookback lookback) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("run", lookback.run());
    json.put("status", lookback.status().wireName());
    json.put("start_seconds", lookback.span().start().seconds());
    json.put("end_seconds", lookback.span().end().seconds());
    lookback
        .began()
        .ifPresent(
            began -> {
              json.put("start_at", at(began, lookback.span().start()));
              json.put("end_at", at(began, lookback.span().end()));
            });
    json.put("clips", lookback.clips());
    json.put("answered", lookback.answered());
    json.put("failed", lookback.failed());
    json.put("unchanged", lookback.unchanged());
    lookback.detail().ifPresent(text -> json.put("detail", text));
    json.put("created_at", lookback.createdAt().toString());
    json.set("settings", SettingsJson.write(lookback.settings()));
    return json;
  }

  /** Reads what {@link #write} wrote. */
  public static Lookback read(JsonNode json) {
    MediaTime start = MediaTime.ofSeconds(json.required("start_seconds").asDouble());
    return new Lookback(
        json.required("run").asInt(),
        Lookback.LookbackStatus.valueOf(json.required("status").asText().toUpperCase(Locale.ROOT)),
        new Span(start, MediaTime.ofSeconds(json.required("end_seconds").asDouble())),
        Optional.ofNullable(json.get("start_at"))
            .map(at -> Instant.parse(at.asText()).minus(start.toDuration())),
        SettingsJson.read(json.required("settings")),
        json.required("clips").asLong(),
        json.required("answered").asLong(),
        json.required("failed").asLong(),
        json.required("unchanged").asLong(),
        Optional.ofNullable(json.get("detail")).map(JsonNode::asText),
        Instant.parse(json.required("created_at").asText()));
  }

  private static String at(Instant began, MediaTime time) {
    return began.plus(time.toDuration()).toString();
  }
}
