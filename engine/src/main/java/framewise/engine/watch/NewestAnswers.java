package framewise.engine.watch;

import framewise.engine.SessionId;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The newest answer that each watch has tested in each session, for clients that follow a watch
 * between incidents. In memory only. Safe for any number of threads.
 */
public final class NewestAnswers {
  /** Maximum number of fields of an answer. */
  public static final int MAX_FIELDS = 20;

  /**
   * Value of a field.
   *
   * @param isNumber whether it is a number
   */
  public record AnswerField(String text, boolean isNumber) {}

  /**
   * An answer.
   *
   * @param at when it was stored
   * @param shown the answer for people; empty for a failed one
   * @param fields simple fields by name, in the answer's order: those of a structured answer, then
   *     those that the expression reads; at most {@link #MAX_FIELDS}
   */
  public record SessionAnswer(
      SessionId session, Instant at, Optional<String> shown, Map<String, AnswerField> fields) {
    public SessionAnswer {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
  }

  private final Map<String, Map<SessionId, SessionAnswer>> answers = new ConcurrentHashMap<>();

  NewestAnswers() {}

  /**
   * The newest answer that a watch tested.
   *
   * @param visible which sessions the reader may see
   */
  public Optional<SessionAnswer> of(String watch, Predicate<SessionId> visible) {
    return answers.getOrDefault(watch, Map.of()).values().stream()
        .sorted(Comparator.comparing(SessionAnswer::at).reversed())
        .filter(newest -> visible.test(newest.session()))
        .findFirst();
  }

  void put(String watch, SessionAnswer newest) {
    answers.computeIfAbsent(watch, id -> new ConcurrentHashMap<>()).put(newest.session(), newest);
  }

  void forget(SessionId session) {
    answers.values().forEach(all -> all.remove(session));
  }

  void forget(String watch) {
    answers.remove(watch);
  }
}
