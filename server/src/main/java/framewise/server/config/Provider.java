package framewise.server.config;

import framewise.overshoot.Secret;
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
public record Provider(
    String name,
    Optional<Secret> key,
    Optional<URI> baseUrl,
    Optional<String> model,
    Duration timeout) {
  /** An address may have a password in it. */
  @Override
  public String toString() {
    return "Provider[%s, key %s, %s, %s, %s]"
        .formatted(name, key, baseUrl.map(url -> ShownSetting.of(url.toString())), model, timeout);
  }
}
