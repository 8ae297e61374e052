package framewise.engine.recap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Summary of the answers to one question. Used by one thread. */
public final class QuestionRecap {
  /** Maximum number of spans; with more, the shortest are dropped and counted. */
  public static final int MAX_SPANS = 200;

  private static final int MAX_NUMBERS = 50;
  private static final int MAX_TEXT_LENGTH = 500;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String name;
  private final List<AnswerRange> spans = new ArrayList<>();
  private final Map<String, NumberRange> numbers = new TreeMap<>();
  private long answers;
  private long failed;
  private long droppedSpans;

  /**
   * Consecutive equal answers.
   *
   * @param text at most 500 characters
   */
  public record AnswerRange(
      Instant from,
      Instant to,
      double startSeconds,
      double endSeconds,
      long firstSeq,
      long lastSeq,
      long answers,
      String text) {}

  QuestionRecap(String name) {
    this.name = name;
  }

  void add(long seq, Instant at, JsonNode result) {
    if (!result.path("ok").asBoolean()) {
      failed++;
      return;
    }
    answers++;
    String whole = result.path("result").asText();
    String text =
        whole.length() > MAX_TEXT_LENGTH ? whole.substring(0, MAX_TEXT_LENGTH) + "…" : whole;
    double start = result.path("clip").path("start_seconds").asDouble();
    double end = result.path("clip").path("end_seconds").asDouble();
    AnswerRange last = spans.isEmpty() ? null : spans.getLast();
    if (last != null && last.text().equals(text)) {
      spans.set(
          spans.size() - 1,
          new AnswerRange(
              last.from(),
              at,
              last.startSeconds(),
              end,
              last.firstSeq(),
              seq,
              last.answers() + 1,
              text));
    } else {
      spans.add(new AnswerRange(at, at, start, end, seq, seq, 1, text));
      if (spans.size() > MAX_SPANS) {
        dropShortest();
      }
    }
    count(whole);
  }

  /** Name of the question, or its text where it has none. */
  public String name() {
    return name;
  }

  public List<AnswerRange> spans() {
    return List.copyOf(spans);
  }

  /** Numbers of structured answers, by their field. */
  public Map<String, NumberRange> numbers() {
    return Map.copyOf(numbers);
  }

  public long answers() {
    return answers;
  }

  public long failed() {
    return failed;
  }

  public long droppedSpans() {
    return droppedSpans;
  }

  private void dropShortest() {
    int shortest = 0;
    for (int i = 1; i < spans.size() - 1; i++) {
      if (spans.get(i).answers() < spans.get(shortest).answers()) {
        shortest = i;
      }
    }
    spans.remove(shortest);
    droppedSpans++;
  }

  private void count(String text) {
    if (!text.strip().startsWith("{")) {
      return;
    }
    try {
      JsonNode json = JSON.readTree(text);
      json.properties()
          .forEach(
              field -> {
                boolean known = numbers.containsKey(field.getKey());
                if (field.getValue().isNumber() && (known || numbers.size() < MAX_NUMBERS)) {
                  double value = field.getValue().asDouble();
                  numbers.merge(
                      field.getKey(), NumberRange.of(value), (old, one) -> old.plus(value));
                }
              });
    } catch (JsonProcessingException plainText) {
      // Not a structured answer: it has no numbers.
    }
  }
}
