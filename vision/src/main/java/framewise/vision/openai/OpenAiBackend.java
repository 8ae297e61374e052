package framewise.vision.openai;

import framewise.vision.ClipBackend;
import framewise.vision.chat.Access;
import framewise.vision.chat.ChatBackend;
import java.util.List;
import java.util.Map;

/** OpenAI's chat completions. */
public final class OpenAiBackend {
  private static final String DEFAULT_MODEL = "gpt-5.4";

  private OpenAiBackend() {}

  /**
   * Made without asking anybody.
   *
   * @param access with a key
   */
  public static ClipBackend of(Access access) {
    var profile =
        new ChatBackend.Profile(
            "openai",
            "OpenAI",
            List.of(access.model().orElse(DEFAULT_MODEL)),
            "OPENAI_API_KEY and OPENAI_BASE_URL",
            Map.of(),
            new ChatBackend.Address("OPENAI_BASE_URL", "v1"));
    return new ChatBackend(
        profile, access, () -> OpenAiModels.of(access), OpenAiModels::parameters);
  }
}
