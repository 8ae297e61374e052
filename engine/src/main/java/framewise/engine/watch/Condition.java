package framewise.engine.watch;

import java.time.Duration;
import java.util.Optional;

/** Condition of a watch. */
public sealed interface Condition {
  /**
   * An expression on the answers to the session's own questions.
   *
   * @param prompt name of the question; empty for all
   */
  record Fields(WatchExpression expression, Optional<String> prompt) implements Condition {}

  /**
   * Condition in words that a model answers with yes, no or unknown. While a session runs, the
   * watch asks the model by itself.
   *
   * @param words such as {@code the loading dock is blocked}
   * @param every time between questions, unless the model chooses it
   * @param backend empty for the first that is ready
   * @param model empty for the back end's default
   * @param pace bounds within which the model may choose the time until the next question; empty if
   *     it may not
   */
  record Words(
      String words,
      Duration every,
      Optional<String> backend,
      Optional<String> model,
      Optional<SelfPace> pace)
      implements Condition {
    public static final int MAX_LENGTH = 1_000;
    public static final double MIN_EVERY = 0.5;
    public static final double MAX_EVERY = 3_600;
    public static final Duration DEFAULT_EVERY = Duration.ofSeconds(2);

    /** Start of the question about these words, which identifies answers to it. */
    public String question() {
      return "Is this true of the picture: %s%n".formatted(words);
    }
  }

  /** Bounds for a pace that the model chooses, 1 to 300 seconds. */
  record SelfPace(Duration min, Duration max) {
    public static final int MIN_SECONDS = 1;
    public static final int MAX_SECONDS = 300;
  }
}
