package framewise.engine.pipeline;

import framewise.media.MediaTime;
import framewise.media.Sampling;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where in its video a run begins.
 *
 * @param answered when the last clip began that was answered, by the name of the prompt or the
 *     empty name; a prompt that is not in it begins at the start
 */
public record Place(Map<String, MediaTime> answered) {
  /** The start of the video. */
  public static final Place START = new Place(Map.of());

  public Place {
    answered = Map.copyOf(answered);
  }

  /** After what was answered to this prompt. */
  Optional<MediaTime> after(PromptSettings prompt) {
    return Optional.ofNullable(answered.get(prompt.name().orElse("")));
  }

  /** When the first clip starts that one of the prompts still wants. */
  public MediaTime first(List<PromptSettings> prompts, Sampling sampling) {
    return prompts.stream()
        .map(prompt -> after(prompt).map(sampling::firstAfter).orElse(0L))
        .min(Comparator.naturalOrder())
        .map(sampling::start)
        .orElse(MediaTime.ZERO);
  }
}
