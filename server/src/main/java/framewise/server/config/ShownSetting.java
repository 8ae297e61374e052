package framewise.server.config;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Text of a setting with secrets masked, for display. */
final class ShownSetting {
  private static final String HIDDEN = "***";

  /** Scheme of a URL; text between it and the last at sign may be secret. */
  private static final Pattern USER =
      Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]*://)?.*@", Pattern.DOTALL);

  /** Port that is not a number: probably a password in a URL without a host. */
  private static final Pattern NO_PORT =
      Pattern.compile("(://[^/?#\\[\\]:]*:)(?![0-9]{0,5}(?:[/?#]|$)).*", Pattern.DOTALL);

  private static final Pattern QUERY = Pattern.compile("(://[^?#]*[?#]).+", Pattern.DOTALL);

  private ShownSetting() {}

  /** Masks user, password and query of a URL, even of an invalid one. */
  static String of(String text) {
    String shown = USER.matcher(text).replaceFirst(found -> scheme(found.group(1)) + HIDDEN + "@");
    shown = NO_PORT.matcher(shown).replaceFirst("$1" + HIDDEN);
    return QUERY.matcher(shown).replaceFirst("$1" + HIDDEN);
  }

  private static String scheme(@Nullable String found) {
    return found == null ? "" : found;
  }
}
