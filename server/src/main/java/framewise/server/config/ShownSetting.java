package framewise.server.config;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The text of a setting, made fit to be shown. */
final class ShownSetting {
  private static final String HIDDEN = "***";

  /** The scheme of an address; whatever stands between it and the last at sign may be secret. */
  private static final Pattern USER =
      Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]*://)?.*@", Pattern.DOTALL);

  /** What should be a port and is none: a password whose host was forgotten. */
  private static final Pattern NO_PORT =
      Pattern.compile("(://[^/?#\\[\\]:]*:)(?![0-9]{0,5}(?:[/?#]|$)).*", Pattern.DOTALL);

  private static final Pattern QUERY = Pattern.compile("(://[^?#]*[?#]).+", Pattern.DOTALL);

  private ShownSetting() {}

  /** User, password and query of an address are hidden, be it a sound one or not. */
  static String of(String text) {
    String shown = USER.matcher(text).replaceFirst(found -> scheme(found.group(1)) + HIDDEN + "@");
    shown = NO_PORT.matcher(shown).replaceFirst("$1" + HIDDEN);
    return QUERY.matcher(shown).replaceFirst("$1" + HIDDEN);
  }

  private static String scheme(@Nullable String found) {
    return found == null ? "" : found;
  }
}
