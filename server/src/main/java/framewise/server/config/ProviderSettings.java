package framewise.server.config;

import framewise.overshoot.Secret;
import framewise.vision.chat.Access;
import framewise.vision.chat.PictureEncoding;
import framewise.vision.chat.Provider;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Connection settings of one AI service.
 *
 * @param name of its back end in the API
 * @param baseUrl empty for the service's own
 * @param model default model; empty for the service's default
 * @param timeout of a whole answer
 */
public record ProviderSettings(
    String name,
    Optional<Secret> key,
    Optional<URI> baseUrl,
    Optional<String> model,
    Duration timeout) {
  private static final int MAX_SECONDS = 600;

  static ProviderSettings read(SettingReader reader, Provider provider) {
    return new ProviderSettings(
        provider.name(),
        provider.needsKey() ? reader.secret(ProviderSetting.key(provider)) : Optional.empty(),
        reader.address(ProviderSetting.address(provider)),
        reader.text(ProviderSetting.model(provider)),
        Duration.ofSeconds(reader.number(ProviderSetting.timeout(provider), 1, MAX_SECONDS)));
  }

  /** Converts to the back end's settings. */
  public Access access(PictureEncoding pictures) {
    return new Access(key.map(Secret::reveal), baseUrl, model, timeout, pictures);
  }

  /** Masks secrets, because a URL may contain a password. */
  @Override
  public String toString() {
    return "ProviderSettings[%s, key %s, %s, %s, %s]"
        .formatted(name, key, baseUrl.map(url -> ShownSetting.of(url.toString())), model, timeout);
  }
}
