package framewise.overshoot;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * An API's base address, such as {@code https://cluster1.overshoot.ai/api/v0.2}. Paths are appended
 * verbatim; a trailing slash makes no difference. Immutable.
 */
public final class OvershootUrl {

  private static final int MAX_CHARACTERS = 2_000;

  private final String text;

  private OvershootUrl(String text) {
    this.text = text;
  }

  /**
   * Parses an address.
   *
   * @param text {@code http} or {@code https}, a host, optionally a port and a path; surrounding
   *     blanks are ignored
   * @throws OvershootException.InvalidRequest if it is anything else; user names, passwords,
   *     queries and fragments are refused, because they would end up in logs
   */
  public static OvershootUrl of(String text) {
    String trimmed = text.strip();
    if (trimmed.isEmpty()) {
      throw refused("is empty");
    }
    if (trimmed.length() > MAX_CHARACTERS) {
      throw refused("is longer than " + MAX_CHARACTERS + " characters");
    }
    URI uri;
    try {
      uri = new URI(trimmed);
    } catch (URISyntaxException e) {
      throw refused("is not an address (a character at position " + e.getIndex() + " is wrong)");
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw refused("does not start with http:// or https://");
    }
    if (uri.getRawUserInfo() != null) {
      throw refused("carries a user name or password");
    }
    if (uri.getHost() == null) {
      throw refused("names no host");
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw refused("carries a query or a fragment");
    }
    String path = uri.getRawPath().replaceAll("/+$", "");
    return new OvershootUrl(scheme + "://" + uri.getRawAuthority() + path);
  }

  /** The address of an API path, such as {@code /streams}. */
  public URI http(String path) {
    return URI.create(text + path);
  }

  /**
   * The WebSocket address of a path: {@code ws} for {@code http}, {@code wss} for {@code https}.
   */
  public URI webSocket(String path) {
    return URI.create("ws" + text.substring("http".length()) + path);
  }

  /** Escapes an opaque id as one path segment. */
  public static String segment(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static OvershootException refused(String why) {
    return new OvershootException.InvalidRequest(
        "The address of the Overshoot API "
            + why
            + ": it must be http(s)://host[:port][/path], such as"
            + " https://cluster1.overshoot.ai/api/v0.2"
            + " (OVERSHOOT_API_URL)");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OvershootUrl base && base.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
