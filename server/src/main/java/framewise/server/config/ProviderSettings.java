package framewise.server.config;

import framewise.overshoot.Secret;
import framewise.vision.chat.Access;
import framewise.vision.chat.PictureForm;
import framewise.vision.chat.Provider;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * How one AI service is reached.
 *
 * @param name of the back end in the API
 * @param baseUrl empty for the service's own address
 * @param model the one that is asked when none is named; empty for the service's default
 * @param timeout for a whole answer
 */
public record ProviderSettings(
    String name,
    Optional<Secret> key,
    Optional<URI> baseUrl,
    Optional<String> model,
    Duration timeout) {
  private static final int LONGEST_SECONDS = 600;

  static ProviderSettings read(SettingReader reader, Provider provider) {
    return new ProviderSettings(
        provider.name(),
        provider.needsKey() ? reader.secret(ProviderSetting.key(provider)) : Optional.empty(),
        reader.address(ProviderSetting.address(provider)),
        reader.text(ProviderSetting.model(provider)),
        Duration.ofSeconds(reader.number(ProviderSetting.timeout(provider), 1, LONGEST_SECONDS)));
  }

  /** For the back end itself. */
  public Access access(PictureForm pictures) {
    return new Access(key.map(Secret::reveal), baseUrl, model, timeout, pictures);
  }

  /** An address may have a password in it. */
  @Override
  public String toString() {
    return "ProviderSettings[%s, key %s, %s, %s, %s]"
        .formatted(name, key, baseUrl.map(url -> ShownSetting.of(url.toString())), model, timeout);
  }
}
