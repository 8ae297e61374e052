package framewise.server.mcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import framewise.engine.result.LogPage;
import framewise.engine.result.LoggedEvent;
import framewise.engine.session.Session;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The newest stored results of a session. */
final class AgentResults {
  private static final int PAGE = 1_000;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private AgentResults() {}

  /**
   * The newest results as JSON, one per line.
   *
   * @param whole false where there are older ones, which were left out
   */
  record ResultLines(String lines, boolean whole) {}

  /**
   * The newest results, up to {@link LogPage#MAX_CHARACTERS} of them.
   *
   * @param most maximum number of events to read
   */
  static ResultLines newest(Session session, int most) {
    Deque<String> lines = new ArrayDeque<>();
    var characters = new long[1];
    var cut = new boolean[1];
    boolean whole =
        read(
            session,
            most,
            event -> {
              lines.add(event.json());
              characters[0] += event.json().length();
              while (characters[0] > LogPage.MAX_CHARACTERS && lines.size() > 1) {
                characters[0] -= lines.remove().length();
                cut[0] = true;
              }
            });
    return new ResultLines(String.join("\n", lines), whole && !cut[0]);
  }

  /**
   * Reads the newest results within a time range one by one, the oldest first: together they may be
   * large.
   *
   * @param most maximum number of events to read
   * @return false where there may be older ones in the range, which were not read
   */
  static boolean each(
      Session session,
      Optional<Instant> from,
      Optional<Instant> to,
      int most,
      Consumer<JsonNode> results) {
    var before = new boolean[1];
    var first = new boolean[] {true};
    boolean whole =
        read(
            session,
            most,
            event -> {
              JsonNode result = read(event);
              Instant at = at(result);
              before[0] |= first[0] && from.filter(at::isBefore).isPresent();
              first[0] = false;
              if (from.filter(at::isBefore).isEmpty()
                  && to.filter(end -> !at.isBefore(end)).isEmpty()) {
                results.accept(result);
              }
            });
    return whole || before[0];
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

  /** Reads results page by page; returns whether it began with the first. */
  private static boolean read(Session session, int most, Consumer<LoggedEvent> to) {
    long last = session.log().lastSeq();
    long start = Math.max(0, last - most);
    long since = start;
    while (since < last) {
      List<LoggedEvent> page = session.log().resultsAfter(since, PAGE);
      page.forEach(to);
      since = page.isEmpty() ? last : page.getLast().seq();
    }
    return start == 0;
  }

  private static JsonNode read(LoggedEvent event) {
    try {
      return JSON.readTree(event.json());
    } catch (JsonProcessingException damaged) {
      return JSON.createObjectNode();
    }
  }
}
