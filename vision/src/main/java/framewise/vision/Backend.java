package framewise.vision;

import framewise.media.Clip;
import java.util.List;

/**
 * Who answers questions about clips. Shared by all sessions and safe to use from any number of
 * threads.
 */
public interface Backend {
  /** The name in the API, such as {@code builtin}. */
  String name();

  /** Whether it can answer now, cheap to ask. */
  Readiness readiness();

  /** The models it knows, its default first; empty where it does not tell. */
  List<String> models();

  /** What it is good for, in the words of the API. */
  List<String> capabilities();

  /** How many clips it may be asked at the same time, at least 1. */
  int concurrency();

  /** Loads what the first answer would have to wait for. Returns when done; may be called often. */
  default void warmUp() {}

  /**
   * Answers a question about a clip. Blocks until there is an answer. The clip stays the caller's.
   *
   * @throws AnswerException when there is no answer, with the reason that the result will carry
   * @throws InterruptedException when the session stopped meanwhile
   */
  Answer ask(Clip clip, Question question) throws AnswerException, InterruptedException;
}
