package framewise.engine.pipeline;

import framewise.media.Sampling;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a session's video is looked at, and by whom.
 *
 * @param prompts what is asked of every clip; several have different names; none where the video is
 *     only kept
 * @param skipUnchanged empty where every clip is asked about
 * @param fallback the back ends that answer while the one wanted cannot, the first choice first
 * @param budget US dollars that the session may cost, above 0; empty for no limit
 * @param loop whether the video starts over at its end
 */
public record StreamSettings(
    List<PromptSettings> prompts,
    Sampling sampling,
    Optional<SkipUnchanged> skipUnchanged,
    List<String> fallback,
    Optional<BigDecimal> budget,
    Pace pace,
    boolean loop) {
  /** The video is connected and its pictures are kept; nothing is asked by itself. */
  public static final StreamSettings NO_QUESTION =
      new StreamSettings(
          List.of(),
          Sampling.DEFAULT,
          Optional.empty(),
          List.of(),
          Optional.empty(),
          Pace.REALTIME,
          false);

  public StreamSettings {
    prompts = List.copyOf(prompts);
    fallback = List.copyOf(fallback);
  }

  /** One prompt, with every default. */
  public static StreamSettings of(PromptSettings prompt) {
    return new StreamSettings(
        List.of(prompt),
        Sampling.DEFAULT,
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Pace.REALTIME,
        false);
  }

  /** A prompt alone, with every default. */
  public static StreamSettings of(String prompt) {
    return of(PromptSettings.of(new Prompt(prompt)));
  }

  /**
   * The first prompt, in most sessions the only one.
   *
   * @throws java.util.NoSuchElementException where nothing is asked
   */
  public PromptSettings first() {
    return prompts.getFirst();
  }

  /** Whether its prompts are told apart by names. */
  public boolean isNamed() {
    return prompts.stream().anyMatch(prompt -> prompt.name().isPresent());
  }

  /** What is asked first. */
  public Prompt prompt() {
    return first().prompt();
  }

  /** The back end of the first prompt. */
  public Optional<String> backend() {
    return prompts.stream().findFirst().flatMap(PromptSettings::backend);
  }

  /** The model of the first prompt. */
  public Optional<String> model() {
    return prompts.stream().findFirst().flatMap(PromptSettings::model);
  }

  /** Whether only a back end that is asked clip by clip can do this. */
  public boolean asksClips() {
    return isNamed() || skipUnchanged.isPresent() || budget.isPresent();
  }

  public StreamSettings withPrompts(List<PromptSettings> others) {
    return new StreamSettings(others, sampling, skipUnchanged, fallback, budget, pace, loop);
  }

  /** With another prompt in the place of the first. */
  public StreamSettings withPrompt(Prompt other) {
    List<PromptSettings> changed = new ArrayList<>(prompts);
    changed.set(0, first().withPrompt(other));
    return withPrompts(changed);
  }

  /** With another back end for the first prompt. */
  public StreamSettings withBackend(String name) {
    List<PromptSettings> changed = new ArrayList<>(prompts);
    changed.set(0, first().withBackend(Optional.of(name)));
    return withPrompts(changed);
  }

  public StreamSettings withSampling(Sampling other) {
    return new StreamSettings(prompts, other, skipUnchanged, fallback, budget, pace, loop);
  }

  public StreamSettings withSkipUnchanged(Optional<SkipUnchanged> other) {
    return new StreamSettings(prompts, sampling, other, fallback, budget, pace, loop);
  }

  public StreamSettings withFallback(List<String> others) {
    return new StreamSettings(prompts, sampling, skipUnchanged, others, budget, pace, loop);
  }

  public StreamSettings withBudget(Optional<BigDecimal> other) {
    return new StreamSettings(prompts, sampling, skipUnchanged, fallback, other, pace, loop);
  }

  public StreamSettings withPace(Pace other) {
    return new StreamSettings(prompts, sampling, skipUnchanged, fallback, budget, other, loop);
  }

  public StreamSettings withLoop(boolean other) {
    return new StreamSettings(prompts, sampling, skipUnchanged, fallback, budget, pace, other);
  }
}
