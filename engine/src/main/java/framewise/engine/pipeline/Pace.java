package framewise.engine.pipeline;

import java.util.Locale;
import java.util.Optional;

/** How quickly a file is played. */
public enum Pace {
  /** By the video's own clock; clips that find the back end busy are replaced by newer ones. */
  REALTIME,
  /** As quickly as the back end answers; every clip is asked about. */
  FAST;

  public static Optional<Pace> ofWireName(String name) {
    return switch (name) {
      case "realtime" -> Optional.of(REALTIME);
      case "fast" -> Optional.of(FAST);
      default -> Optional.empty();
    };
  }

  /** As the API spells it. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
