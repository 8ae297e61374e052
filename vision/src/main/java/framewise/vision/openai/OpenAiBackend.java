package framewise.vision.openai;

import framewise.vision.ClipBackend;
import framewise.vision.chat.Access;
import framewise.vision.chat.ChatBackend;
import framewise.vision.chat.Provider;

/** The back end for OpenAI's chat completions. */
public final class OpenAiBackend {
  public static final Provider PROVIDER =
      Provider.of("openai", "OpenAI", "OPENAI", "v1", "gpt-5.4", (access, search) -> of(access))
          .relayedByOvershoot("gpt");

  private OpenAiBackend() {}

  /**
   * Creates the back end without contacting the service.
   *
   * @param access with a key
   */
  public static ClipBackend of(Access access) {
    return new ChatBackend(
        PROVIDER.profile(access), access, () -> OpenAiModels.of(access), OpenAiModels::parameters);
  }
}
