package framewise.vision.builtin;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.media.picture.Clip;
import framewise.vision.Answer;
import framewise.vision.AnswerException;
import framewise.vision.AskListener;
import framewise.vision.ClipBackend;
import framewise.vision.FailureKind;
import framewise.vision.FinishReason;
import framewise.vision.Question;
import framewise.vision.Readiness;
import framewise.vision.builtin.model.ModelException;
import framewise.vision.builtin.object.ObjectDetector;
import framewise.vision.builtin.prompt.Request;
import framewise.vision.builtin.text.TextReader;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers with models that ship with Framewise, without a key or a network. The first question or
 * {@link #warmUp} loads them once for all sessions.
 *
 * <p>An answer takes 100 to 2,000 ms on the calling thread, mostly in native code: call it from a
 * platform thread. Frames with a longest side of 1280 work best: text smaller than about 12 pixels
 * is not read, and larger frames cost more and gain little.
 */
public final class BuiltinBackend implements ClipBackend {
  private static final Logger log = LoggerFactory.getLogger(BuiltinBackend.class);

  private static final String MODEL = "framewise-builtin-1";

  final Models models = new Models(new TextReader(), new ObjectDetector());

  @Override
  public String name() {
    return "builtin";
  }

  /** Ready unless a model failed to load. */
  @Override
  public Readiness readiness() {
    return models
        .reader()
        .failure()
        .or(models.detector()::failure)
        .map(Readiness::missing)
        .orElse(Readiness.READY);
  }

  @Override
  public List<String> models() {
    return List.of(MODEL);
  }

  @Override
  public List<String> capabilities() {
    return List.of("read", "count", "detect", "describe", "motion", "output_schema");
  }

  @Override
  public int concurrency() {
    return 2;
  }

  @Override
  public void warmUp() {
    try {
      models.load();
    } catch (ModelException e) {
      log.warn("The builtin back end cannot answer: {}", e.getMessage());
    }
  }

  @Override
  public Answer ask(Clip clip, Question question, AskListener listener)
      throws AnswerException, InterruptedException {
    if (clip.frames().isEmpty()) {
      throw new AnswerException(
          FailureKind.NO_PICTURE, "The built-in model needs a picture to answer.");
    }
    ClipContents sight = new ClipContents(clip.frames(), models);
    try {
      if (question.outputSchema().isPresent()) {
        return shaped(question.outputSchema().get(), question, sight);
      }
      String text = AnswerWriter.answer(Request.of(question.prompt()), sight);
      Length.Cut cut = Length.cut(text, question.maxOutputTokens());
      return answer(cut.text(), cut.reason(), sight);
    } catch (ModelException e) {
      throw new AnswerException(FailureKind.MODEL_FAILED, e.getMessage(), e);
    }
  }

  /** Truncated JSON is invalid, so an answer that is too long fails. */
  private static Answer shaped(JsonNode schema, Question question, ClipContents sight)
      throws AnswerException, ModelException, InterruptedException {
    String json = SchemaAnswer.answer(schema, question.prompt(), sight);
    if (!Length.fits(json, question.maxOutputTokens())) {
      throw new AnswerException(
          FailureKind.TOO_LONG,
          ("The answer with output_schema needs about %d tokens but max_output_tokens is"
                  + " %d: raise it, or ask for less.")
              .formatted(Length.tokens(json), question.maxOutputTokens().orElseThrow()));
    }
    return answer(json, FinishReason.STOP, sight);
  }

  private static Answer answer(String text, FinishReason reason, ClipContents sight) {
    return new Answer(text, MODEL, reason, sight.timings(), Optional.empty(), sight.seen());
  }
}
