package framewise.engine.incident;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Why an incident ended. */
public enum EndReason {
  /** The condition no longer held. */
  CLEARED,
  /** It reached the maximum length; where the condition still holds, another one continues it. */
  MAX_LENGTH,
  /** The session's run ended. */
  SESSION_ENDED,
  /** The watch was changed, switched off or deleted, or has expired. */
  WATCH_ENDED;

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<EndReason> ofWireName(String text) {
    return Arrays.stream(values()).filter(reason -> reason.wireName().equals(text)).findFirst();
  }
}
