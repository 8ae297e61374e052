package framewise.engine.settings;

import java.util.Locale;
import java.util.Optional;

/** Speed at which a file is played. */
public enum Pace {
  /** In real time. While the back end is busy, newer clips replace older ones. */
  REALTIME,
  /** As fast as the back end answers; no clip is dropped. */
  FAST;

  public static Optional<Pace> ofWireName(String name) {
    return switch (name) {
      case "realtime" -> Optional.of(REALTIME);
      case "fast" -> Optional.of(FAST);
      default -> Optional.empty();
    };
  }

  /** The name in the API. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
