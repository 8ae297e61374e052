package framewise.server.api.request;

import framewise.engine.ShownText;
import framewise.media.network.MaskedUrl;
import framewise.server.http.Fields;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Display name of a session: 1 to {@link #MAX_LENGTH} printable characters. Surrounding blanks are
 * removed, and secrets in URLs are masked.
 */
public final class SessionName {
  static final int MAX_LENGTH = 200;

  private static final String FIELD = "name";

  private SessionName() {}

  /** Whether a change contains only the name. */
  public static boolean isAllOf(Fields fields) {
    return fields.mentions(FIELD) && fields.size() == 1;
  }

  /** Whether a change contains the name. */
  public static boolean isIn(Fields fields) {
    return fields.mentions(FIELD);
  }

  /**
   * Reads the field; empty where it is missing, null or blank. Adds its faults to those of the
   * request.
   */
  public static Optional<String> read(Fields fields) {
    return fields
        .line(FIELD, MAX_LENGTH)
        .filter(Predicate.not(ShownText::isBlank))
        .map(MaskedUrl::inText);
  }
}
