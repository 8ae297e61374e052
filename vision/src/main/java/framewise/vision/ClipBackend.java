package framewise.vision;

import framewise.media.picture.Clip;
import framewise.media.picture.FrameSize;
import java.time.Duration;

/** A back end that answers about one clip at a time. */
public interface ClipBackend extends Backend {
  /** Maximum concurrent clips, at least 1. */
  int concurrency();

  /**
   * Whether a remote service answers, which may be slow, refuse, or cost money; false for models in
   * this process.
   */
  default boolean isRemote() {
    return false;
  }

  /**
   * Time after which an answer counts as failed. Back ends with shorter time-outs fail earlier,
   * with a better reason.
   */
  default Duration answerTimeout() {
    return Duration.ofSeconds(60);
  }

  /** The size of the pictures sent with a prompt; used to estimate costs. */
  default FrameSize pictureSize(String prompt) {
    return new FrameSize(768);
  }

  /**
   * Loads what the first answer would otherwise wait for. Returns when done; may be called
   * repeatedly.
   */
  default void warmUp() {}

  /**
   * Answers a question about a clip. Blocks until there is an answer. The caller still owns the
   * clip.
   *
   * @throws AnswerException when there is no answer; the result carries its reason
   * @throws InterruptedException when the session stopped meanwhile
   */
  Answer ask(Clip clip, Question question, AskListener listener)
      throws AnswerException, InterruptedException;

  /** Like {@link #ask(Clip, Question, AskListener)}, without a listener. */
  default Answer ask(Clip clip, Question question) throws AnswerException, InterruptedException {
    return ask(clip, question, AskListener.NONE);
  }
}
