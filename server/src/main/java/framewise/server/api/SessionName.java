package framewise.server.api;

import framewise.media.network.ShownUrl;
import framewise.server.http.Fields;
import java.util.Optional;

/**
 * What people call a session: 1 to {@link #LONGEST} printable characters. Blanks around it are cut
 * off, and the secrets of URLs in it are hidden.
 */
final class SessionName {
  static final int LONGEST = 200;

  private static final String FIELD = "name";

  private SessionName() {}

  /** Whether a change is about the name and about nothing else. */
  static boolean isAllOf(Fields fields) {
    return fields.mentions(FIELD) && fields.size() == 1;
  }

  /** Whether a change is about the name, too. */
  static boolean isIn(Fields fields) {
    return fields.mentions(FIELD);
  }

  /**
   * Reads the field; empty where it is left out, null or blank. What is wrong with it joins the
   * faults of the fields.
   */
  static Optional<String> read(Fields fields) {
    Optional<String> name = fields.string(FIELD).map(String::strip).filter(text -> !text.isEmpty());
    if (name.isPresent() && name.get().length() > LONGEST) {
      fields.add(
          FIELD,
          "name has %d characters but must have at most %d"
              .formatted(name.get().length(), LONGEST));
    }
    if (name.isPresent() && name.get().chars().anyMatch(Character::isISOControl)) {
      fields.add(FIELD, "name holds control characters");
    }
    return name.map(ShownUrl::inText);
  }
}
