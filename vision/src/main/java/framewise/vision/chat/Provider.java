package framewise.vision.chat;

import framewise.vision.Backend;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A service that is asked clip by clip, as its own package declares it. A new one is a package with
 * such a declaration and a line in {@link framewise.vision.provider.Providers}. Immutable.
 *
 * @param name of the back end in the API, such as {@code gemini}
 * @param title in messages, such as {@code Gemini}
 * @param prefix of its settings: {@code GEMINI} for {@code GEMINI_API_KEY}
 * @param version of its API as addresses carry it, such as {@code v1}
 * @param defaultModel the model that answers where none is named or set
 * @param capabilities what it is good for, in the words of the API
 * @param needsKey whether it is asked only with a key
 * @param timeout for a whole answer where none is set, in whole seconds
 * @param atOvershoot how the names of its models begin at Overshoot.ai, which relays to it where it
 *     has no key of its own; empty where Overshoot does not relay to it
 * @param factory makes the back end
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
      List.of("describe", "read", "count", "output_schema", "language");

  /** Makes a back end, without sending anything. */
  @FunctionalInterface
  public interface Factory {
    /**
     * Makes the back end, which may be one that says what it misses.
     *
     * @param access with a key where the provider needs one
     * @param search whether the provider may look for servers on this machine
     */
    Backend make(Access access, LocalSearch search);
  }

  /**
   * Whether servers are looked for on this machine.
   *
   * @param on whether they are
   * @param ownPort of this process, which is no such server
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

  /** The same, which answers without a key, within this time. */
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

  /** The same, to which Overshoot.ai relays by models whose names begin so. */
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

  /** The setting of its key. */
  public String keySetting() {
    return prefix + "_API_KEY";
  }

  /** The setting of its address. */
  public String addressSetting() {
    return prefix + "_BASE_URL";
  }

  /** What its messages say about it, when it is reached at its own address. */
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
