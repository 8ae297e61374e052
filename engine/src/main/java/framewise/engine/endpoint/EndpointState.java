package framewise.engine.endpoint;

import java.util.Locale;

/** Health of an endpoint, as determined by deliveries to it. */
public enum EndpointState {
  /** Notices are sent as they come. */
  ACTIVE,
  /** The endpoint asked for fewer requests: deliveries pause, then continue. */
  SLOWED,
  /** Nothing is sent until somebody enables the endpoint again. */
  OFF;

  /** The name in the API and in the database. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static EndpointState ofWireName(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
