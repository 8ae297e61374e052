package framewise.engine.endpoint;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Settings of an endpoint other than its address. Its string form contains no secrets.
 *
 * @param headers additional headers of a webhook, by name
 * @param token access token of an ntfy server
 * @param user of a broker
 * @param password of a broker
 * @param topic first part of a broker's topics
 * @param discovery first part of the topics for discovery by Home Assistant; empty for no discovery
 */
public record EndpointOptions(
    Map<String, String> headers,
    Optional<String> token,
    Optional<String> user,
    Optional<String> password,
    String topic,
    Optional<String> discovery) {
  /** Default first part of a broker's topics. */
  public static final String DEFAULT_TOPIC = "framewise";

  /** Home Assistant's own default. */
  public static final String DEFAULT_DISCOVERY = "homeassistant";

  /** Nothing but defaults. */
  public static final EndpointOptions NONE =
      new EndpointOptions(
          Map.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          DEFAULT_TOPIC,
          Optional.of(DEFAULT_DISCOVERY));

  public EndpointOptions {
    headers = Map.copyOf(new TreeMap<>(headers));
  }

  @Override
  public String toString() {
    return "***";
  }
}
