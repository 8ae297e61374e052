package framewise.vision.chat;

import framewise.vision.Backend;
import framewise.vision.Question;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A service that answers about video, declared in its own package. To add one, write such a package
 * and a line in {@link framewise.vision.provider.Providers}. Immutable.
 *
 * @param name name of the back end in the API, such as {@code gemini}
 * @param title display name, such as {@code Gemini}
 * @param prefix prefix of its settings: {@code GEMINI} for {@code GEMINI_API_KEY}
 * @param version version of its API in addresses, such as {@code v1}
 * @param defaultModel the model when none is named or configured
 * @param capabilities its capabilities, in the API's terms
 * @param needsKey whether it requires a key
 * @param timeout default time-out of a whole answer, in whole seconds
 * @param atOvershoot prefix of its models at Overshoot.ai, which relays to it when it has no key
 *     here; empty when Overshoot does not relay to it
 * @param factory creates the back end
 */
public record Provider(
    String name,
    String title,
    String prefix,
    String version,
    String defaultModel,
    List<String> capabilities,
    boolean needsKey,
    Duration timeout,
    Optional<String> atOvershoot,
    Factory factory) {
  private static final List<String> CAPABILITIES =
      List.of("describe", "read", "count", "output_schema", "language", Question.TOOLS);

  /** Creates a back end without sending anything. */
  @FunctionalInterface
  public interface Factory {
    /**
     * Creates the back end, possibly one that only reports what is missing.
     *
     * @param access has a key if the provider needs one
     * @param search whether the provider may search this computer for servers
     */
    Backend make(Access access, LocalSearch search);
  }

  /**
   * Settings of the search for servers on this computer.
   *
   * @param on whether to search
   * @param ownPort this process's port, which the search skips
   */
  public record LocalSearch(boolean on, int ownPort) {}

  /** A service that needs a key and answers within 30 s. */
  public static Provider of(
      String name,
      String title,
      String prefix,
      String version,
      String defaultModel,
      Factory factory) {
    return new Provider(
        name,
        title,
        prefix,
        version,
        defaultModel,
        CAPABILITIES,
        true,
        Duration.ofSeconds(30),
        Optional.empty(),
        factory);
  }

  /** A copy that needs no key and has this time-out. */
  public Provider withoutKey(Duration within) {
    return new Provider(
        name,
        title,
        prefix,
        version,
        defaultModel,
        capabilities,
        false,
        within,
        atOvershoot,
        factory);
  }

  /** A copy with other capabilities. */
  public Provider with(List<String> others) {
    return new Provider(
        name,
        title,
        prefix,
        version,
        defaultModel,
        List.copyOf(others),
        needsKey,
        timeout,
        atOvershoot,
        factory);
  }

  /** A copy that Overshoot.ai relays to, for models with this prefix. */
  public Provider relayedByOvershoot(String models) {
    return new Provider(
        name,
        title,
        prefix,
        version,
        defaultModel,
        capabilities,
        needsKey,
        timeout,
        Optional.of(models),
        factory);
  }

  /** The name of its key's setting. */
  public String keySetting() {
    return prefix + "_API_KEY";
  }

  /** The name of its address's setting. */
  public String addressSetting() {
    return prefix + "_BASE_URL";
  }

  /** Its description for messages, when it is reached directly. */
  public ChatBackend.Profile profile(Access access) {
    return new ChatBackend.Profile(
        name,
        title,
        List.of(access.model().orElse(defaultModel)),
        capabilities,
        keySetting() + " and " + addressSetting(),
        Map.of(),
        new ChatBackend.Address(addressSetting(), version));
  }
}
