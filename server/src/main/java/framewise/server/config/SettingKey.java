package framewise.server.config;

import framewise.vision.provider.Providers;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A key in the environment and in {@code .env}, and what may stand there. */
public sealed interface SettingKey permits Setting, ProviderSetting {
  /** The key itself, such as {@code BACKEND_PORT}. */
  String name();

  /** What holds when the key is left out or empty; an empty one stands for "not set". */
  String defaultValue();

  /** The values that are taken, to be read after "must be". */
  String allowed();

  /** Whether its value must never be shown. */
  boolean isSecret();

  /** Every key there is. */
  static List<SettingKey> all() {
    return Stream.<SettingKey>concat(
            Arrays.stream(Setting.values()),
            Providers.ALL.stream().flatMap(provider -> ProviderSetting.all(provider).stream()))
        .toList();
  }
}
