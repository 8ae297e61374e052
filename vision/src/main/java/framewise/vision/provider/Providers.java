package framewise.vision.provider;

import framewise.vision.anthropic.AnthropicBackend;
import framewise.vision.chat.Provider;
import framewise.vision.gemini.GeminiBackend;
import framewise.vision.local.LocalBackend;
import framewise.vision.mistral.MistralBackend;
import framewise.vision.openai.OpenAiBackend;
import framewise.vision.vllmomni.VllmOmniBackend;
import java.util.List;
import java.util.Optional;

/**
 * All services that answer at an address of their own. Settings, back ends, prices and the API's
 * list of names derive from it. Excludes Overshoot.ai, which also takes whole streams: {@link
 * framewise.vision.overshoot.OvershootBackend}.
 */
public final class Providers {
  /** In order of preference when no back end is named. */
  public static final List<Provider> ALL =
      List.of(
          GeminiBackend.PROVIDER,
          OpenAiBackend.PROVIDER,
          AnthropicBackend.PROVIDER,
          MistralBackend.PROVIDER,
          LocalBackend.PROVIDER,
          VllmOmniBackend.PROVIDER);

  private Providers() {}

  /** Finds a service by its name in the API. */
  public static Optional<Provider> named(String name) {
    return ALL.stream().filter(provider -> provider.name().equals(name)).findFirst();
  }
}
