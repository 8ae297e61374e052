package framewise.engine.pipeline;

import framewise.engine.settings.PromptSettings;
import framewise.media.MediaTime;
import framewise.media.Sampling;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Position in the video where a run begins.
 *
 * @param answered start of the last answered clip, by prompt name, or by the empty name where there
 *     is one prompt; a prompt without an entry begins at the start
 */
public record ResumePosition(Map<String, MediaTime> answered) {
  /** The start of the video. */
  public static final ResumePosition START = new ResumePosition(Map.of());

  public ResumePosition {
    answered = Map.copyOf(answered);
  }

  /** The position after the last answer to this prompt. */
  Optional<MediaTime> after(PromptSettings prompt) {
    return Optional.ofNullable(answered.get(prompt.name().orElse("")));
  }

  /** Start of the first clip that one of the prompts still needs. */
  public MediaTime first(List<PromptSettings> prompts, Sampling sampling) {
    return prompts.stream()
        .map(prompt -> after(prompt).map(sampling::firstAfter).orElse(0L))
        .min(Comparator.naturalOrder())
        .map(sampling::start)
        .orElse(MediaTime.ZERO);
  }
}
