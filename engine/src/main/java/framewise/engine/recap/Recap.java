package framewise.engine.recap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import framewise.engine.incident.Incident;
import framewise.engine.result.LoggedEvent;
import framewise.engine.result.ResultLog;
import framewise.time.Deadline;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Summary of a session over a span of time, computed from its stored answers without a model.
 *
 * @param questions in the order of their first answer
 * @param incidents that opened in the span, newest first
 * @param whole false if the recap did not read all answers, because of its limit on number or time
 */
public record Recap(List<QuestionRecap> questions, List<Incident> incidents, boolean whole) {
  /** Maximum number of answers read; the newest ones are. */
  public static final int MAX_ANSWERS = 50_000;

  /** Maximum time that reading takes. */
  private static final Duration TIME_LIMIT = Duration.ofSeconds(15);

  private static final int MAX_QUESTIONS = 50;
  private static final int PAGE = 200;
  private static final int SHOWN_SPANS = 3;
  private static final int SHOWN_TEXT = 80;
  private static final ObjectMapper JSON = new ObjectMapper();

  public Recap {
    questions = List.copyOf(questions);
    incidents = List.copyOf(incidents);
  }

  /** Summarizes a span. */
  public static Recap of(
      ResultLog log, Optional<Instant> from, Optional<Instant> to, List<Incident> incidents) {
    Map<String, QuestionRecap> questions = new LinkedHashMap<>();
    long since = Math.max(0, log.lastSeq() - MAX_ANSWERS);
    boolean whole = since == 0;
    Deadline end = Deadline.after(TIME_LIMIT);
    List<LoggedEvent> page = log.resultsAfter(since, PAGE);
    while (!page.isEmpty()) {
      if (end.hasPassed()) {
        whole = false;
        break;
      }
      page.forEach(event -> take(event, from, to, questions));
      page = log.resultsAfter(page.getLast().seq(), PAGE);
    }
    return new Recap(new ArrayList<>(questions.values()), incidents, whole);
  }

  /** The summary as a few sentences. */
  public String text() {
    var text = new StringBuilder();
    long answers = questions.stream().mapToLong(QuestionRecap::answers).sum();
    text.append(counted(answers, "answer"));
    long failed = questions.stream().mapToLong(QuestionRecap::failed).sum();
    if (failed > 0) {
      text.append(", ").append(failed).append(" failed");
    }
    text.append('.');
    for (QuestionRecap question : questions) {
      text.append('\n').append(shown(question.name())).append(": ").append(sentence(question));
    }
    for (Map.Entry<String, List<Incident>> each : byWatch().entrySet()) {
      Duration longest =
          each.getValue().stream()
              .map(incident -> Duration.ofNanos(incident.lengthMicros() * 1_000))
              .max(Comparator.naturalOrder())
              .orElse(Duration.ZERO);
      text.append('\n')
          .append(shown(each.getKey()))
          .append(": ")
          .append(counted(each.getValue().size(), "incident"))
          .append(", the longest ")
          .append(longest.toSeconds())
          .append(" s.");
    }
    return text.toString();
  }

  private Map<String, List<Incident>> byWatch() {
    Map<String, List<Incident>> found = new LinkedHashMap<>();
    incidents.forEach(
        incident ->
            found.computeIfAbsent(incident.watchName(), name -> new ArrayList<>()).add(incident));
    return found;
  }

  private static String sentence(QuestionRecap question) {
    List<String> parts = new ArrayList<>();
    question
        .numbers()
        .forEach(
            (name, range) ->
                parts.add(
                    String.format(
                        Locale.ROOT,
                        "%s %.4g to %.4g, mean %.4g",
                        name,
                        range.min(),
                        range.max(),
                        range.mean())));
    if (parts.isEmpty()) {
      Map<String, Long> texts = new LinkedHashMap<>();
      question.spans().forEach(span -> texts.merge(span.text(), span.answers(), Long::sum));
      texts.entrySet().stream()
          .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
          .limit(SHOWN_SPANS)
          .forEach(
              entry ->
                  parts.add("\"%s\" %d times".formatted(shown(entry.getKey()), entry.getValue())));
      if (texts.size() > SHOWN_SPANS) {
        parts.add(counted(texts.size() - SHOWN_SPANS, "other answer"));
      }
    }
    return parts.isEmpty() ? "no answer." : String.join("; ", parts) + ".";
  }

  private static void take(
      LoggedEvent event,
      Optional<Instant> from,
      Optional<Instant> to,
      Map<String, QuestionRecap> questions) {
    try {
      JsonNode json = JSON.readTree(event.json());
      Instant at = Instant.parse(json.path("at").asText());
      if (from.filter(at::isBefore).isPresent()
          || to.filter(end -> !at.isBefore(end)).isPresent()) {
        return;
      }
      String name = json.path("name").asText(json.path("prompt").asText());
      if (questions.containsKey(name) || questions.size() < MAX_QUESTIONS) {
        questions.computeIfAbsent(name, QuestionRecap::new).add(event.seq(), at, json);
      }
    } catch (JsonProcessingException | DateTimeException damaged) {
      // A damaged event is skipped.
    }
  }

  private static String counted(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  private static String shown(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() > SHOWN_TEXT ? line.substring(0, SHOWN_TEXT) + "…" : line;
  }
}
