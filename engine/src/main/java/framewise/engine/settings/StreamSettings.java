package framewise.engine.settings;

import framewise.media.Sampling;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Settings of a session: its prompts, back ends and sampling.
 *
 * @param prompts asked about every clip; several have distinct names; none where the video is only
 *     kept
 * @param skipUnchanged empty where every clip is asked about
 * @param fallback back ends that answer while the preferred one cannot, in order of preference
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
  /** No prompts: the video is connected and its pictures are kept, but nothing is asked. */
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

  /** One prompt, with defaults for everything else. */
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

  /** The text of a prompt, with defaults for everything else. */
  public static StreamSettings of(String prompt) {
    return of(PromptSettings.of(new Prompt(prompt)));
  }

  /**
   * The first prompt, in most sessions the only one.
   *
   * @throws java.util.NoSuchElementException where there are no prompts
   */
  public PromptSettings first() {
    return prompts.getFirst();
  }

  /** Whether its prompts have names. */
  public boolean isNamed() {
    return prompts.stream().anyMatch(prompt -> prompt.name().isPresent());
  }

  /** The text of the first prompt. */
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

  /** Whether the settings require a back end that answers clip by clip. */
  public boolean asksClips() {
    return isNamed() || skipUnchanged.isPresent() || budget.isPresent();
  }

  public StreamSettings withPrompts(List<PromptSettings> others) {
    return new StreamSettings(others, sampling, skipUnchanged, fallback, budget, pace, loop);
  }

  /** With another text for the first prompt. */
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
