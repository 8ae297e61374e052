package framewise.media.network;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A network address of video: {@code rtsp}, {@code rtsps}, {@code http} or {@code https}, at most
 * {@link #MAX_LENGTH} characters. Its string form hides secrets.
 *
 * @param scheme in lower case
 * @param host a name or a number, as it is resolved; without the brackets of IPv6 and the dot that
 *     may end a name
 * @param port 1 to 65535
 * @param target path and query of the request, starting with a slash
 * @param credentials user and password, if the URL has them
 */
public record VideoUrl(
    String scheme, String host, int port, String target, Optional<Credentials> credentials) {
  public static final int MAX_LENGTH = 2048;

  private static final Map<String, Integer> PORTS =
      Map.of("rtsp", 554, "rtsps", 322, "http", 80, "https", 443);

  private static final Pattern SHAPE =
      Pattern.compile(
          "(?<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?<authority>[^/?#]*)(?<target>[^#]*).*");

  static final Pattern HOST_AND_PORT =
      Pattern.compile(
          "(?:\\[(?<number>[0-9A-Fa-f:.]+)]|(?<name>[^:\\[\\]]+))(?::(?<port>[0-9]{1,5}))?");

  /** The characters of a name in ASCII. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,253}");

  /**
   * Octal and hexadecimal numbers, which some systems read as decimal, so their meaning is
   * ambiguous.
   */
  private static final Pattern AMBIGUOUS =
      Pattern.compile("(?:[0-9]+\\.)*0[0-9xX][0-9A-Fa-f]*(?:\\.[0-9A-Fa-fxX]+)*\\.?");

  /**
   * Parses a user's input.
   *
   * @throws BadUrlException with what is wrong
   */
  public static VideoUrl parse(String text) {
    String trimmed = text.strip();
    if (trimmed.length() > MAX_LENGTH) {
      throw new BadUrlException(
          "url has %d characters but may have at most %d".formatted(trimmed.length(), MAX_LENGTH));
    }
    if (trimmed.chars().anyMatch(c -> c <= 0x20 || c == 0x7f || c == '\\')) {
      throw new BadUrlException("url contains blanks, control characters or a backslash");
    }
    Matcher url = SHAPE.matcher(trimmed);
    String scheme = url.matches() ? url.group("scheme").toLowerCase(Locale.ROOT) : "";
    if (!PORTS.containsKey(scheme)) {
      throw new BadUrlException("url must begin with rtsp://, rtsps://, http:// or https://");
    }
    String authority = url.group("authority");
    if (MisplacedLogin.isIn(authority, trimmed.substring(url.end("authority")))) {
      throw new BadUrlException(
          "url has an @ after a #, / or ?: in a user or password write # as %23, / as %2F and ? as %3F");
    }
    int at = authority.lastIndexOf('@');
    Matcher place = HOST_AND_PORT.matcher(authority.substring(at + 1));
    if (!place.matches()) {
      throw new BadUrlException("url has no host, as in rtsp://camera.example:554/stream");
    }
    Optional<Credentials> credentials =
        at < 0 ? Optional.empty() : Optional.of(credentials(authority.substring(0, at)));
    String host = place.group("number") == null ? name(place.group("name")) : place.group("number");
    int port =
        place.group("port") == null
            ? PORTS.getOrDefault(scheme, 0)
            : Integer.parseInt(place.group("port"));
    if (port < 1 || port > 0xffff) {
      throw new BadUrlException("url has port %d but ports are 1 to 65535".formatted(port));
    }
    return new VideoUrl(scheme, host, port, target(url.group("target")), credentials);
  }

  /**
   * Resolves a server's absolute or relative reference.
   *
   * @throws BadUrlException when its scheme is not one of the four
   */
  public VideoUrl resolve(String reference) {
    try {
      return parse(new URI(plain()).resolve(new URI(escape(reference.strip()))).toString());
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw new BadUrlException("The server redirects to an address that is not a video URL.");
    }
  }

  /** Whether both have the same origin: scheme, host and port. */
  public boolean sameOrigin(VideoUrl other) {
    return scheme.equals(other.scheme) && host.equalsIgnoreCase(other.host) && port == other.port;
  }

  public boolean isRtsp() {
    return scheme.startsWith("rtsp");
  }

  /** Whether the connection is encrypted. */
  public boolean isSecure() {
    return scheme.endsWith("s");
  }

  /** Host and port for a request; the port only if it is not the scheme's default. */
  public String authority() {
    String shown = host.contains(":") ? "[" + host + "]" : host;
    return PORTS.getOrDefault(scheme, 0) == port ? shown : shown + ":" + port;
  }

  /** The URL for requests: without user and password. */
  public String plain() {
    return scheme + "://" + authority() + target;
  }

  /** The complete URL with its secrets, for private storage. */
  public String whole() {
    String user =
        credentials
            .map(known -> escapeAll(known.user()) + ":" + escapeAll(known.password()) + "@")
            .orElse("");
    return scheme + "://" + user + authority() + target;
  }

  /** The URL for display: secrets become {@code ***}. */
  @Override
  public String toString() {
    String user = credentials.isPresent() ? MaskedUrl.MASK + "@" : "";
    return scheme + "://" + user + authority() + MaskedUrl.target(target);
  }

  private static Credentials credentials(String text) {
    int colon = text.indexOf(':');
    return colon < 0
        ? new Credentials(decode(text), "")
        : new Credentials(decode(text.substring(0, colon)), decode(text.substring(colon + 1)));
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException strayPercent) {
      return text;
    }
  }

  private static String name(String text) {
    try {
      String ascii = IDN.toASCII(text);
      if (ascii.endsWith(".")) {
        // The root of all names; resolvers treat names with and without it alike.
        ascii = ascii.substring(0, ascii.length() - 1);
      }
      if (!ascii.endsWith(".")
          && NAME.matcher(ascii).matches()
          && !AMBIGUOUS.matcher(ascii).matches()) {
        return ascii;
      }
    } catch (IllegalArgumentException notAName) {
      // handled below
    }
    throw new BadUrlException("url has a host that is neither a name nor an IP address");
  }

  private static String target(String text) {
    String escaped = escape(text);
    return escaped.startsWith("/") ? escaped : "/" + escaped;
  }

  /** Percent-encodes characters that are not allowed in a URL; existing escapes stay. */
  private static String escape(String text) {
    StringBuilder out = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      boolean sound = b > 0x20 && b < 0x7f && "\"<>\\^`{|}".indexOf(b) < 0;
      out.append(sound ? String.valueOf((char) b) : "%%%02X".formatted(b & 0xff));
    }
    return out.toString();
  }

  private static String escapeAll(String text) {
    StringBuilder out = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      boolean sound = b < 0x7f && Character.isLetterOrDigit(b);
      out.append(sound ? String.valueOf((char) b) : "%%%02X".formatted(b & 0xff));
    }
    return out.toString();
  }
}
