package framewise.engine.endpoint;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Ways in which an endpoint gets notices. */
public enum EndpointKind {
  /** HTTP POST as Standard Webhooks 1.0.0 describes it. */
  WEBHOOK,
  /** A broker that speaks MQTT 5, with discovery for Home Assistant. */
  MQTT,
  /** A topic of an ntfy server. */
  NTFY;

  /** Finds a kind by its name in the API. */
  public static Optional<EndpointKind> ofWireName(String name) {
    return Arrays.stream(values()).filter(kind -> kind.wireName().equals(name)).findFirst();
  }

  /** The name in the API. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
