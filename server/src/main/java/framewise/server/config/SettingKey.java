package framewise.server.config;

import framewise.vision.provider.Providers;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Key in the environment and in {@code .env}, with its allowed values. */
public sealed interface SettingKey permits Setting, ProviderSetting {
  /** The key itself, such as {@code BACKEND_PORT}. */
  String name();

  /** Default when the key is missing or empty; empty for "not set". */
  String defaultValue();

  /** Allowed values, as text to follow "must be". */
  String allowed();

  /** Whether the value is secret and never displayed. */
  boolean isSecret();

  /** All keys. */
  static List<SettingKey> all() {
    return Stream.<SettingKey>concat(
            Arrays.stream(Setting.values()),
            Providers.ALL.stream().flatMap(provider -> ProviderSetting.all(provider).stream()))
        .toList();
  }
}
