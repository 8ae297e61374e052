package framewise.vision;

import framewise.media.Clip;
import framewise.media.FrameSize;
import java.time.Duration;

/** A back end that is asked about one clip at a time. */
public interface ClipBackend extends Backend {
  /** How many clips it may be asked at the same time, at least 1. */
  int concurrency();

  /**
   * Whether a service elsewhere answers, which may be slow, refuse, or cost money; false for models
   * in this process.
   */
  default boolean isRemote() {
    return false;
  }

  /**
   * How long an answer may take before the back end counts as broken. One that has time-outs of its
   * own fails sooner by itself, with a better reason.
   */
  default Duration patience() {
    return Duration.ofSeconds(60);
  }

  /** How large a service is sent the pictures that go with a prompt; for what they cost. */
  default FrameSize pictureSize(String prompt) {
    return new FrameSize(768);
  }

  /** Loads what the first answer would have to wait for. Returns when done; may be called often. */
  default void warmUp() {}

  /**
   * Answers a question about a clip. Blocks until there is an answer. The clip stays the caller's.
   *
   * @throws AnswerException when there is no answer, with the reason that the result will carry
   * @throws InterruptedException when the session stopped meanwhile
   */
  Answer ask(Clip clip, Question question, AskListener listener)
      throws AnswerException, InterruptedException;

  /** As {@link #ask(Clip, Question, AskListener)}, with nobody who listens. */
  default Answer ask(Clip clip, Question question) throws AnswerException, InterruptedException {
    return ask(clip, question, AskListener.NONE);
  }
}
