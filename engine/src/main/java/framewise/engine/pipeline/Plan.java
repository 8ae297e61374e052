package framewise.engine.pipeline;

import framewise.engine.backend.Candidates;
import framewise.engine.settings.Pace;
import framewise.engine.settings.PromptSettings;
import framewise.engine.settings.StreamSettings;
import framewise.engine.source.PictureForm;
import framewise.vision.StreamBackend;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The settings of a run, and the back ends for each prompt.
 *
 * @param settings as applied, with the chosen back ends
 * @param answers for each prompt of the settings, the back ends that answer it
 */
public record Plan(StreamSettings settings, List<Answering> answers) {
  /**
   * The back ends that answer a prompt.
   *
   * @param stream takes the stream of pictures; empty where the prompt is asked clip by clip
   * @param candidates answer clip by clip: always, or while the stream is down; empty where there
   *     are none
   */
  public record Answering(Optional<Streaming> stream, Optional<Candidates> candidates) {}

  /**
   * A back end that takes the stream of pictures.
   *
   * @param spending why it would exceed a budget, phrased to follow its name; empty where it would
   *     not
   */
  public record Streaming(StreamBackend backend, Supplier<Optional<String>> spending) {}

  public Plan {
    answers = List.copyOf(answers);
    if (answers.size() != settings.prompts().size()) {
      throw new IllegalArgumentException("each prompt has a back end");
    }
  }

  /** The plan for work that must not delay live questions: one request at a time. */
  public Plan inBackground() {
    return with(Candidates::inBackground);
  }

  /** The plan for one of several parties, which take turns at each back end. */
  public Plan by(String party) {
    return with(candidates -> candidates.by(party));
  }

  private Plan with(UnaryOperator<Candidates> change) {
    return new Plan(
        settings,
        answers.stream()
            .map(answer -> new Answering(answer.stream(), answer.candidates().map(change)))
            .toList());
  }

  /** The plan with other texts in its prompts. */
  Plan withSettings(StreamSettings others) {
    return new Plan(others, answers);
  }

  /** Lanes whose prompts are asked clip by clip, with their settings. */
  Map<Lane.Key, AskLane.LaneSettings> askLanes() {
    Map<Lane.Key, AskLane.LaneSettings> lanes = new LinkedHashMap<>();
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
                      new AskLane.LaneSettings(
                          asked,
                          candidates,
                          settings.skipUnchanged(),
                          settings.pace() == Pace.FAST)));
    }
    return lanes;
  }

  /** Lanes whose prompts are answered by a stream, with their settings. */
  Map<Lane.Key, StreamLane.LaneSettings> streaming() {
    Map<Lane.Key, StreamLane.LaneSettings> lanes = new LinkedHashMap<>();
    for (int i = 0; i < answers.size(); i++) {
      PromptSettings prompt = settings.prompts().get(i);
      Answering answering = answers.get(i);
      if (answering.stream().isPresent()) {
        lanes.put(
            new Lane.Key(prompt.name(), Lane.Kind.STREAM),
            new StreamLane.LaneSettings(
                prompt,
                answering.stream().get(),
                settings.sampling(),
                answering.candidates().map(others -> String.join(" or ", others.names()))));
      }
    }
    return lanes;
  }

  /** Whether some prompt is asked clip by clip, whatever the state of the streams. */
  boolean asksClips() {
    return answers.isEmpty()
        || answers.stream().anyMatch(answering -> answering.stream().isEmpty());
  }

  /** The forms of pictures that its lanes need. */
  List<PictureForm> forms() {
    List<PictureForm> forms = new ArrayList<>();
    if (!askLanes().isEmpty() || answers.isEmpty()) {
      forms.add(PictureForm.CLIP);
    }
    if (!streaming().isEmpty()) {
      forms.add(PictureForm.STREAM);
    }
    return forms;
  }
}
