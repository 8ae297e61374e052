package framewise.engine.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.media.Sampling;
import framewise.vision.Question;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a session's video is looked at, and by whom.
 *
 * @param backend the back end's name; empty, until it is started, for the first that is ready
 * @param model empty for the back end's default
 * @param outputSchema a JSON Schema that every answer must fit
 * @param maxOutputTokens greater than 0
 * @param loop whether the video starts over at its end
 */
public record StreamSettings(
    Prompt prompt,
    Optional<String> backend,
    Optional<String> model,
    Sampling sampling,
    Optional<JsonNode> outputSchema,
    OptionalInt maxOutputTokens,
    Pace pace,
    boolean loop) {
  /** A prompt with every default. */
  public static StreamSettings of(String prompt) {
    return new StreamSettings(
        new Prompt(prompt),
        Optional.empty(),
        Optional.empty(),
        Sampling.DEFAULT,
        Optional.empty(),
        OptionalInt.empty(),
        Pace.REALTIME,
        false);
  }

  public StreamSettings withPrompt(Prompt newPrompt) {
    return new StreamSettings(
        newPrompt, backend, model, sampling, outputSchema, maxOutputTokens, pace, loop);
  }

  public StreamSettings withBackend(String name) {
    return new StreamSettings(
        prompt, Optional.of(name), model, sampling, outputSchema, maxOutputTokens, pace, loop);
  }

  public StreamSettings withPace(Pace newPace) {
    return new StreamSettings(
        prompt, backend, model, sampling, outputSchema, maxOutputTokens, newPace, loop);
  }

  Question question() {
    return new Question(prompt.text(), model, outputSchema, maxOutputTokens);
  }
}
