package framewise.engine.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import framewise.engine.SessionId;
import framewise.engine.store.Database;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * A result, parsed from its stored event.
 *
 * @param text the answer or the failure's message
 */
public record StoredAnswer(
    long seq, Optional<String> name, String prompt, String text, boolean ok) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double MICROS = 1e6;

  /** Reads results one at a time, because even a few may be large. */
  public static Function<Long, Optional<StoredAnswer>> reader(
      Handle handle, Database database, SessionId session) {
    var store = new EventStore(session, database);
    return seq ->
        store
            .find(handle, seq)
            .filter(event -> event.type().equals("result"))
            .flatMap(StoredAnswer::json)
            .map(json -> of(seq, json));
  }

  /** The answer to index from an event; empty if it is not a result, or is damaged. */
  static Optional<IndexedAnswer> indexed(LoggedEvent event) {
    if (!event.type().equals("result")) {
      return Optional.empty();
    }
    return json(event)
        .flatMap(
            json -> {
              StoredAnswer answer = of(event.seq(), json);
              return at(json)
                  .map(
                      at ->
                          new IndexedAnswer(
                              event.seq(),
                              event.run(),
                              answer.name().orElse(answer.prompt()),
                              answer.prompt(),
                              answer.text(),
                              answer.ok(),
                              json.path("backend").asText(),
                              micros(json, "start_seconds"),
                              micros(json, "end_seconds"),
                              at));
            });
  }

  private static StoredAnswer of(long seq, JsonNode json) {
    boolean ok = json.path("ok").asBoolean();
    return new StoredAnswer(
        seq,
        Optional.ofNullable(json.get("name")).map(JsonNode::asText),
        json.path("prompt").asText(),
        ok ? json.path("result").asText() : json.path("error").path("message").asText(),
        ok);
  }

  private static long micros(JsonNode json, String name) {
    return Math.round(json.path("clip").path(name).asDouble() * MICROS);
  }

  private static Optional<Instant> at(JsonNode json) {
    try {
      return Optional.of(Instant.parse(json.path("at").asText()));
    } catch (DateTimeException damaged) {
      return Optional.empty();
    }
  }

  private static Optional<JsonNode> json(LoggedEvent event) {
    try {
      return Optional.of(JSON.readTree(event.json()));
    } catch (JsonProcessingException damaged) {
      return Optional.empty();
    }
  }
}
