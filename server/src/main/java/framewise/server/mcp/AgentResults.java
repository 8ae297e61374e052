package framewise.server.mcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import framewise.engine.result.LoggedEvent;
import framewise.engine.session.Session;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The newest stored results of a session. */
final class AgentResults {
  private static final int PAGE = 1_000;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private AgentResults() {}

  /**
   * The newest results within a time range.
   *
   * @param results oldest first
   * @param whole false where there may be older ones in the range, which were not read
   */
  record Newest(List<JsonNode> results, boolean whole) {
    Newest {
      results = List.copyOf(results);
    }
  }

  /**
   * Reads the newest results within a time range.
   *
   * @param most maximum number of events to read
   */
  static Newest newest(Session session, Optional<Instant> from, Optional<Instant> to, int most) {
    List<JsonNode> results = new ArrayList<>();
    long last = session.log().lastSeq();
    long since = Math.max(0, last - most);
    boolean whole = since == 0;
    boolean first = true;
    while (since < last) {
      List<LoggedEvent> page = session.log().resultsAfter(since, PAGE);
      if (page.isEmpty()) {
        break;
      }
      for (LoggedEvent event : page) {
        JsonNode result = read(event);
        Instant at = at(result);
        if (first) {
          first = false;
          whole |= from.filter(at::isBefore).isPresent();
        }
        if (from.filter(at::isBefore).isEmpty() && to.filter(end -> !at.isBefore(end)).isEmpty()) {
          results.add(result);
        }
      }
      since = page.getLast().seq();
    }
    return new Newest(results, whole);
  }

  /** The result with this number; empty where there is none. */
  static Optional<JsonNode> find(Session session, long seq) {
    return session.log().resultsAfter(seq - 1, 1).stream()
        .filter(event -> event.seq() == seq)
        .map(AgentResults::read)
        .findFirst();
  }

  static Instant at(JsonNode result) {
    try {
      return Instant.parse(result.path("at").asText());
    } catch (DateTimeParseException damaged) {
      return Instant.EPOCH;
    }
  }

  /** The answer, or the failure's message. */
  static String text(JsonNode result) {
    return result.path("ok").asBoolean()
        ? result.path("result").asText()
        : result.at("/error/message").asText();
  }

  private static JsonNode read(LoggedEvent event) {
    try {
      return JSON.readTree(event.json());
    } catch (JsonProcessingException damaged) {
      return JSON.createObjectNode();
    }
  }
}
