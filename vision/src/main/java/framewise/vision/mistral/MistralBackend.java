package framewise.vision.mistral;

import framewise.vision.ClipBackend;
import framewise.vision.chat.Access;
import framewise.vision.chat.ChatBackend;
import framewise.vision.chat.Provider;
import framewise.vision.chat.Requests;
import framewise.vision.openai.OpenAiModels;
import java.net.URI;

/**
 * The back end for Mistral AI's chat completions: OpenAI's API, with {@code max_tokens} as the
 * output limit, because Mistral refuses {@code max_completion_tokens}.
 */
public final class MistralBackend {
  public static final Provider PROVIDER =
      Provider.of(
          "mistral",
          "Mistral",
          "MISTRAL",
          "v1",
          "mistral-small-latest",
          (access, search) -> of(access));

  private static final URI ADDRESS = URI.create("https://api.mistral.ai/v1");

  private MistralBackend() {}

  /**
   * Creates the back end without contacting the service.
   *
   * @param access with a key
   */
  public static ClipBackend of(Access access) {
    Access there = access.baseUrl().isPresent() ? access : access.at(ADDRESS);
    return new ChatBackend(
        PROVIDER.profile(there), there, () -> OpenAiModels.of(there), Requests::parameters);
  }
}
