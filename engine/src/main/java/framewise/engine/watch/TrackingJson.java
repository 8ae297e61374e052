package framewise.engine.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.incident.Incident;
import framewise.engine.incident.Moment;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Writes a watch's state in a session as JSON for the database, and reads it back. Incidents are
 * referenced by id.
 */
final class TrackingJson {
  private TrackingJson() {}

  static String write(Tracking tracking) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    Hysteresis hysteresis = tracking.hysteresis();
    var recent = json.putArray("recent");
    for (Hysteresis.Sighting sighting : hysteresis.recent()) {
      recent
          .addObject()
          .put("yes", sighting.yes())
          .put("micros", sighting.micros())
          .put("clearness", sighting.clearness())
          .set("moment", sighting.moment().write());
    }
    json.put("no_in_a_row", hysteresis.noInARow());
    json.put("holds", hysteresis.holds());
    hysteresis.since().ifPresent(since -> json.set("since", since.write()));
    json.put("held", hysteresis.heldMicros());
    json.put("carry", hysteresis.carryMicros());
    json.put("yes", hysteresis.yes());
    hysteresis
        .peak()
        .ifPresent(
            peak ->
                json.putObject("peak")
                    .put("clearness", peak.clearness())
                    .set("moment", peak.moment().write()));
    tracking.open().ifPresent(incident -> json.put("open", incident.id()));
    tracking.last().ifPresent(incident -> json.put("last", incident.id()));
    json.put("gap", tracking.gapMicros());
    tracking.newest().ifPresent(newest -> json.set("newest", newest.write()));
    json.put("verdict", tracking.newestVerdict().wireName());
    return json.toString();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param incident finds an incident by its id
   */
  static Tracking read(JsonNode json, Function<String, Optional<Incident>> incident) {
    var hysteresis =
        new Hysteresis(
            json.path("recent")
                .valueStream()
                .map(
                    one ->
                        new Hysteresis.Sighting(
                            one.path("yes").asBoolean(),
                            Moment.read(one.path("moment")),
                            one.path("micros").asLong(),
                            one.path("clearness").asDouble()))
                .toList(),
            json.path("no_in_a_row").asInt(),
            json.path("holds").asBoolean(),
            Optional.ofNullable(json.get("since")).map(Moment::read),
            json.path("held").asLong(),
            json.path("carry").asLong(),
            json.path("yes").asLong(),
            Optional.ofNullable(json.get("peak"))
                .map(
                    peak ->
                        new Hysteresis.Peak(
                            Moment.read(peak.path("moment")), peak.path("clearness").asDouble())));
    return new Tracking(
        hysteresis,
        text(json, "open").flatMap(incident).filter(Incident::isOpen),
        text(json, "last").flatMap(incident),
        json.path("gap").asLong(),
        Optional.ofNullable(json.get("newest")).map(Moment::read),
        Verdict.valueOf(json.path("verdict").asText().toUpperCase(Locale.ROOT)));
  }

  private static Optional<String> text(JsonNode json, String name) {
    return Optional.ofNullable(json.get(name)).map(JsonNode::asText);
  }
}
