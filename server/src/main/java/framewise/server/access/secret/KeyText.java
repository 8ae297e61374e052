package framewise.server.access.secret;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Format of Framewise's own keys: {@code fw_ID_SECRET}, whose id may be displayed. */
public final class KeyText {
  private static final Pattern SYNTAX = Pattern.compile("fw_([a-z2-9]{8})_[A-Za-z0-9_-]{43}");
  private static final int ID_LENGTH = 8;

  private KeyText() {}

  /** Creates a new key. */
  public static String random() {
    return "fw_%s_%s".formatted(RandomText.name(ID_LENGTH), RandomText.secret());
  }

  /** The part that may be displayed; empty for keys in another format. */
  public static Optional<String> id(String key) {
    Matcher matcher = SYNTAX.matcher(key);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
