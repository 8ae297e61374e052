package framewise.engine.incident;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.SessionId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Writes incidents as JSON for the API, the log and the database, and reads them back. */
public final class IncidentJson {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double MICROS = 1e6;

  private IncidentJson() {}

  /** The incident as the API shows it. */
  public static ObjectNode write(Incident incident) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", incident.id());
    json.put("watch_id", incident.watchId());
    json.put("watch", incident.watchName());
    json.put("session_id", incident.session().toString());
    json.put("state", incident.isOpen() ? "open" : "ended");
    json.put("opened_at", incident.opened().at().toString());
    incident.ended().ifPresent(end -> json.put("ended_at", end.at().toString()));
    incident.endReason().ifPresent(why -> json.put("end_reason", why.wireName()));
    json.put("count", incident.count());
    json.put("length_seconds", incident.lengthMicros() / MICROS);
    json.set("first", incident.first().write());
    json.set("opened", incident.opened().write());
    json.set("last", incident.last().write());
    json.set("peak", incident.peak().write());
    incident.ended().ifPresent(end -> json.set("ended", end.write()));
    if (!incident.mergedFrom().isEmpty()) {
      var spans = json.putArray("merged_from");
      for (Incident.MergedSpan span : incident.mergedFrom()) {
        spans
            .addObject()
            .put("first_seq", span.firstSeq())
            .put("last_seq", span.lastSeq())
            .put("ended_at", span.endedAt().toString());
      }
    }
    incident.continues().ifPresent(id -> json.put("continues", id));
    incident
        .acknowledged()
        .ifPresent(
            by -> {
              json.put("acknowledged_by", by.by()).put("acknowledged_at", by.at().toString());
              by.note().ifPresent(note -> json.put("note", note));
            });
    incident.opinion().ifPresent(opinion -> json.set("second_opinion", write(opinion)));
    return json;
  }

  private static ObjectNode write(Incident.SecondOpinion opinion) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("verdict", opinion.verdict())
            .put("reason", opinion.reason())
            .put("backend", opinion.backend())
            .put("model", opinion.model())
            .put("at", opinion.at().toString());
    opinion.dollars().ifPresent(dollars -> json.put("cost_usd", new BigDecimal(dollars)));
    return json;
  }

  /** The incident with all stored fields. */
  static String stored(Incident incident) {
    ObjectNode json = write(incident);
    json.put("strength", incident.strength());
    json.put("reported", incident.reported().toString());
    incident.deliverTo().ifPresent(ids -> ids.forEach(json.putArray("deliver_to")::add));
    return json.toString();
  }

  /** Reads what {@link #stored} wrote; empty where it is damaged. */
  static Optional<Incident> read(String text) {
    try {
      return Optional.of(read(JSON.readTree(text)));
    } catch (JsonProcessingException | RuntimeException damaged) {
      return Optional.empty();
    }
  }

  private static Incident read(JsonNode json) {
    return new Incident(
        json.path("id").asText(),
        json.path("watch_id").asText(),
        json.path("watch").asText(),
        SessionId.parse(json.path("session_id").asText()).orElseThrow(),
        Moment.read(json.path("first")),
        Moment.read(json.path("opened")),
        Moment.read(json.path("last")),
        Optional.ofNullable(json.get("ended")).map(Moment::read),
        text(json, "end_reason").flatMap(EndReason::ofWireName),
        json.path("count").asLong(),
        Moment.read(json.path("peak")),
        json.path("strength").asDouble(),
        Math.round(json.path("length_seconds").asDouble() * MICROS),
        StreamSupport.stream(json.path("merged_from").spliterator(), false)
            .map(
                span ->
                    new Incident.MergedSpan(
                        span.path("first_seq").asLong(),
                        span.path("last_seq").asLong(),
                        Instant.parse(span.path("ended_at").asText())))
            .toList(),
        text(json, "continues"),
        Instant.parse(json.path("reported").asText()),
        text(json, "acknowledged_by")
            .map(
                by ->
                    new Incident.Acknowledgement(
                        by,
                        Instant.parse(json.path("acknowledged_at").asText()),
                        text(json, "note"))),
        Optional.ofNullable(json.get("second_opinion")).map(IncidentJson::opinion),
        Optional.ofNullable(json.get("deliver_to"))
            .map(ids -> ids.valueStream().map(JsonNode::asText).toList()));
  }

  private static Incident.SecondOpinion opinion(JsonNode json) {
    return new Incident.SecondOpinion(
        json.path("verdict").asText(),
        json.path("reason").asText(),
        json.path("backend").asText(),
        json.path("model").asText(),
        Instant.parse(json.path("at").asText()),
        text(json, "cost_usd"));
  }

  private static Optional<String> text(JsonNode json, String name) {
    return Optional.ofNullable(json.get(name)).map(JsonNode::asText);
  }
}
