package framewise.bench.incidents;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.bench.service.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Two tests of the built-in model with a sign: whether an incident opens as soon as the sign shows
 * its text and not before, and whether the answers to one question follow a sign that changes.
 */
final class Truths {
  private static final int SECONDS = 16;
  private static final String READ =
      """
      {"prompt": "Read any visible text", "backend": "builtin", "pace": "fast", "delay_seconds": 1}
      """;
  private static final List<String> OTHERS =
      List.of("ENTRY 17", "GATE 4", "BAY 21", "NO PARKING", "TEXT 42", "");

  private Truths() {}

  /**
   * Result of the first test.
   *
   * @param silent clips in which the sign never shows the text
   * @param early incidents that opened before the sign showed the text
   * @param missed clips whose incident never opened
   * @param wrong incidents in a clip without the text, and those after the first in a clip with it
   * @param latest longest delay from the text's appearance to the incident, in answers; 0 is the
   *     first possible answer
   */
  record Known(int clips, int silent, int answers, int early, int missed, int wrong, int latest) {
    String row() {
      return String.format(
          Locale.ROOT,
          "| %d | %d | %d | %d | %d | %d | %d |",
          clips,
          silent,
          answers,
          early,
          missed,
          wrong,
          latest);
    }
  }

  /**
   * Result of the second test.
   *
   * @param right answers with the text that the sign shows in their picture
   * @param stale answers with the sign's previous text
   * @param changes number of changes of the sign's text
   * @param incidents number of changes with which an incident opened or ended, less those that
   *     opened or ended at any other time
   */
  record Changing(
      int clips, int answers, int right, int stale, int changes, int incidents, int expected) {
    String row() {
      return String.format(
          Locale.ROOT,
          "| %d | %d | %d | %.1f %% | %d | %d of %d |",
          clips,
          changes,
          answers,
          100.0 * right / answers,
          stale,
          incidents,
          expected);
    }
  }

  /**
   * Tests with a sign that shows other texts until a random moment, or to the end in one of four
   * clips.
   */
  static Known known(Path folder, int clips, long seed) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    var random = new Random(seed);
    int silent = 0;
    int answers = 0;
    int early = 0;
    int missed = 0;
    int wrong = 0;
    int latest = 0;
    try (var service = ServiceProcess.start(folder, Map.of())) {
      JsonNode _ = service.post("/watches", watch("text contains \\\"EXIT 42\\\""));
      for (int clip = 0; clip < clips; clip++) {
        boolean never = clip % 4 == 3;
        int moment = never ? SECONDS : 3 + random.nextInt(SECONDS - 6);
        Path video =
            SignVideo.make(
                folder.resolve("known.mp4"),
                SECONDS,
                second -> second >= moment ? "EXIT 42" : OTHERS.get(second % OTHERS.size()));
        List<JsonNode> events = service.log(service.stream(video, READ));
        List<JsonNode> opened = of(events, "incident.opened");
        List<JsonNode> results = of(events, "result");
        answers += results.size();
        silent += never ? 1 : 0;
        wrong += never ? opened.size() : Math.max(0, opened.size() - 1);
        if (!never && opened.isEmpty()) {
          missed++;
        }
        if (!never && !opened.isEmpty()) {
          long seq = opened.getFirst().at("/incident/opened/seq").asLong();
          int at = second(results, seq);
          early += at < moment ? 1 : 0;
          latest = Math.max(latest, at - moment);
        }
      }
    }
    return new Known(clips, silent, answers, early, missed, wrong, latest);
  }

  /**
   * Tests with a sign that alternates between two texts; the seed determines how long each is
   * shown.
   */
  static Changing changing(Path folder, int clips, long seed)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    var random = new Random(seed);
    int answers = 0;
    int right = 0;
    int stale = 0;
    int changes = 0;
    int incidents = 0;
    int expected = 0;
    try (var service = ServiceProcess.start(folder, Map.of())) {
      JsonNode _ = service.post("/watches", watch("text contains \\\"OPEN\\\""));
      for (int clip = 0; clip < clips; clip++) {
        int length = 2 * SECONDS;
        var truth = new Spans(random, 2, 5, length);
        Path video =
            SignVideo.make(
                folder.resolve("changing.mp4"),
                length,
                second -> truth.at(second) ? "GATE OPEN" : "GATE SHUT");
        List<JsonNode> events = service.log(service.stream(video, READ));
        List<JsonNode> results = of(events, "result");
        changes += truth.changes().size();
        for (JsonNode result : results) {
          boolean open = truth.at(second(result));
          String answer = result.path("result").asText();
          answers++;
          right += answer.contains(open ? "GATE OPEN" : "GATE SHUT") ? 1 : 0;
          stale += answer.contains(open ? "SHUT" : "OPEN") ? 1 : 0;
        }
        List<Integer> seen = new ArrayList<>();
        for (JsonNode event : events) {
          String type = event.path("type").asText();
          boolean cleared = event.at("/incident/end_reason").asText().equals("cleared");
          if (type.equals("incident.opened")) {
            seen.add(second(results, event.at("/incident/opened/seq").asLong()));
          } else if (type.equals("incident.ended") && cleared) {
            seen.add(second(results, event.at("/incident/ended/seq").asLong()));
          }
        }
        expected += truth.changes().size();
        incidents += (int) truth.changes().stream().filter(seen::contains).count();
        incidents -= (int) seen.stream().filter(at -> !truth.changes().contains(at)).count();
      }
    }
    return new Changing(clips, answers, right, stale, changes, incidents, expected);
  }

  private static String watch(String expression) {
    return """
    {"name": "Sign", "when": {"expression": "%s"}, "merge_gap": 0,
     "open": {"yes": 1, "of": 1}, "close": {"no_in_a_row": 1}}
    """
        .formatted(expression);
  }

  private static List<JsonNode> of(List<JsonNode> events, String type) {
    return events.stream().filter(event -> event.path("type").asText().equals(type)).toList();
  }

  /** The second of the video that the answer with this number is about. */
  private static int second(List<JsonNode> results, long seq) {
    return results.stream()
        .filter(result -> result.path("seq").asLong() == seq)
        .mapToInt(Truths::second)
        .findFirst()
        .orElseThrow();
  }

  /** The second of the newest picture of a result's clip, whose end time is exclusive. */
  private static int second(JsonNode result) {
    double end = result.path("clip").path("end_seconds").asDouble();
    return (int) Math.floor(end - 1e-6);
  }
}
