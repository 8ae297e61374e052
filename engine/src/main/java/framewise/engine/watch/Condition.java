package framewise.engine.watch;

import java.time.Duration;
import java.util.Optional;

/** What a watch waits for. */
public sealed interface Condition {
  /**
   * An expression on the answers to the session's own questions.
   *
   * @param prompt name of the question; empty for all
   */
  record Fields(WatchExpression expression, Optional<String> prompt) implements Condition {}

  /**
   * Words that a model answers with yes, no or unknown. The watch asks by itself while a session
   * runs.
   *
   * @param words such as {@code the loading dock is blocked}
   * @param every time between questions, where the model doesn't name it
   * @param backend empty for the first that is ready
   * @param model empty for the back end's default
   * @param pace bounds within which the model may name its next look; empty where it may not
   */
  record Words(
      String words,
      Duration every,
      Optional<String> backend,
      Optional<String> model,
      Optional<SelfPace> pace)
      implements Condition {
    public static final int LONGEST = 1_000;
    public static final double LEAST_EVERY = 0.5;
    public static final double MOST_EVERY = 3_600;
    public static final Duration USUAL_EVERY = Duration.ofSeconds(2);

    /** Start of the question about these words, by which its answers are recognized. */
    public String question() {
      return "Is this true of the picture: %s%n".formatted(words);
    }
  }

  /** Bounds of a self-chosen pace, 1 to 300 seconds. */
  record SelfPace(Duration min, Duration max) {
    public static final int LEAST = 1;
    public static final int MOST = 300;
  }
}
