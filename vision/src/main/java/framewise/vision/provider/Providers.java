package framewise.vision.provider;

import framewise.vision.anthropic.AnthropicBackend;
import framewise.vision.chat.Provider;
import framewise.vision.gemini.GeminiBackend;
import framewise.vision.local.LocalBackend;
import framewise.vision.mistral.MistralBackend;
import framewise.vision.openai.OpenAiBackend;
import java.util.List;
import java.util.Optional;

/**
 * Every service that is asked clip by clip at an address of its own. Settings, back ends, prices
 * and the API's list of names follow from it. Overshoot.ai, which is also sent whole streams, is
 * not among them: {@link framewise.vision.overshoot.OvershootBackend}.
 */
public final class Providers {
  /** In the order in which they are preferred when no back end is named. */
  public static final List<Provider> ALL =
      List.of(
          GeminiBackend.PROVIDER,
          OpenAiBackend.PROVIDER,
          AnthropicBackend.PROVIDER,
          MistralBackend.PROVIDER,
          LocalBackend.PROVIDER);

  private Providers() {}

  /** One of them, by its name in the API. */
  public static Optional<Provider> named(String name) {
    return ALL.stream().filter(provider -> provider.name().equals(name)).findFirst();
  }
}
