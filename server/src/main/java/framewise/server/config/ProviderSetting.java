package framewise.server.config;

import framewise.vision.chat.Provider;
import java.util.List;
import java.util.stream.Stream;

/** Setting of a provider, derived from its declaration, such as {@code OPENAI_MODEL}. */
record ProviderSetting(String name, String defaultValue, String allowed, boolean isSecret)
    implements SettingKey {
  /** API key, which the provider bills. */
  static ProviderSetting key(Provider provider) {
    return new ProviderSetting(provider.keySetting(), "", "a key", true);
  }

  /** Base URL that replaces the provider's own. */
  static ProviderSetting address(Provider provider) {
    return plain(provider.addressSetting(), "", "an http or https address");
  }

  /** Default model. */
  static ProviderSetting model(Provider provider) {
    return plain(provider.prefix() + "_MODEL", "", "a model's name");
  }

  /** Timeout of a whole answer. */
  static ProviderSetting timeout(Provider provider) {
    return plain(
        provider.prefix() + "_TIMEOUT_SECONDS",
        Long.toString(provider.timeout().toSeconds()),
        "1 to 600");
  }

  static List<ProviderSetting> all(Provider provider) {
    Stream<ProviderSetting> key = provider.needsKey() ? Stream.of(key(provider)) : Stream.empty();
    return Stream.concat(key, Stream.of(address(provider), model(provider), timeout(provider)))
        .toList();
  }

  private static ProviderSetting plain(String name, String defaultValue, String allowed) {
    return new ProviderSetting(name, defaultValue, allowed, false);
  }
}
