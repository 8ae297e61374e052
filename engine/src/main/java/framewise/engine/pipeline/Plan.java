package framewise.engine.pipeline;

import framewise.engine.backend.Candidates;
import framewise.engine.source.PictureForm;
import framewise.vision.StreamBackend;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a run asks, and of whom.
 *
 * @param settings as applied, with the back ends that were chosen
 * @param answers for each prompt of the settings, who answers it
 */
public record Plan(StreamSettings settings, List<Answering> answers) {
  /**
   * Who answers a prompt.
   *
   * @param stream takes the pictures; empty where clips are asked about
   * @param candidates are asked about clips: always, or while the stream is down; empty where
   *     nobody is
   */
  public record Answering(Optional<Streaming> stream, Optional<Candidates> candidates) {}

  /**
   * A back end that takes the pictures.
   *
   * @param spending why it would cost too much, to be read after its name; empty where it would not
   */
  public record Streaming(StreamBackend backend, Supplier<Optional<String>> spending) {}

  public Plan {
    answers = List.copyOf(answers);
    if (answers.size() != settings.prompts().size()) {
      throw new IllegalArgumentException("each prompt is answered by somebody");
    }
  }

  /** The same with other words in the prompts. */
  Plan withSettings(StreamSettings others) {
    return new Plan(others, answers);
  }

  /** The lanes whose prompts are asked clip by clip, with what they go by. */
  Map<Lane.Key, AskLane.Orders> asking() {
    Map<Lane.Key, AskLane.Orders> lanes = new LinkedHashMap<>();
    for (int i = 0; i < answers.size(); i++) {
      PromptSettings prompt = settings.prompts().get(i);
      boolean streams = answers.get(i).stream().isPresent();
      PromptSettings asked = streams ? prompt.toAnother() : prompt;
      var key = new Lane.Key(prompt.name(), streams ? Lane.Kind.FALLBACK : Lane.Kind.ASK);
      answers
          .get(i)
          .candidates()
          .ifPresent(
              candidates ->
                  lanes.put(
                      key,
                      new AskLane.Orders(
                          asked,
                          candidates,
                          settings.skipUnchanged(),
                          settings.pace() == Pace.FAST)));
    }
    return lanes;
  }

  /** The lanes whose prompts are asked by a stream, with what they go by. */
  Map<Lane.Key, StreamLane.Orders> streaming() {
    Map<Lane.Key, StreamLane.Orders> lanes = new LinkedHashMap<>();
    for (int i = 0; i < answers.size(); i++) {
      PromptSettings prompt = settings.prompts().get(i);
      Answering answering = answers.get(i);
      if (answering.stream().isPresent()) {
        lanes.put(
            new Lane.Key(prompt.name(), Lane.Kind.STREAM),
            new StreamLane.Orders(
                prompt,
                answering.stream().get(),
                settings.sampling(),
                answering.candidates().map(others -> String.join(" or ", others.names()))));
      }
    }
    return lanes;
  }

  /** Whether clips are asked about whatever streams do. */
  boolean asksClips() {
    return answers.isEmpty()
        || answers.stream().anyMatch(answering -> answering.stream().isEmpty());
  }

  /** In which forms its lanes take pictures. */
  List<PictureForm> forms() {
    List<PictureForm> forms = new ArrayList<>();
    if (!asking().isEmpty() || answers.isEmpty()) {
      forms.add(PictureForm.CLIP);
    }
    if (!streaming().isEmpty()) {
      forms.add(PictureForm.STREAM);
    }
    return forms;
  }
}
