package framewise.server.http;

import java.util.Locale;

/** {@code Content-Type} of a message. */
public final class MediaType {
  private MediaType() {}

  /**
   * The type without parameters, in lower case: {@code text/html} for {@code Text/HTML; charset=x}.
   */
  public static String base(String contentType) {
    int end = contentType.indexOf(';');
    String base = end < 0 ? contentType : contentType.substring(0, end);
    return base.strip().toLowerCase(Locale.ROOT);
  }
}
