package framewise.engine.endpoint;

import framewise.media.network.BadUrlException;
import framewise.media.network.VideoUrl;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Address of an endpoint. Its string form hides user, password and query values.
 *
 * @param scheme {@code http}, {@code https}, {@code mqtt} or {@code mqtts}
 * @param url host, port and path; its scheme is {@code https} where the connection is encrypted
 */
public record EndpointAddress(String scheme, VideoUrl url) {
  private record Transport(String scheme, int port) {}

  private static final Map<String, Transport> TRANSPORTS =
      Map.of(
          "http", new Transport("http", 80),
          "https", new Transport("https", 443),
          "mqtt", new Transport("http", 1883),
          "mqtts", new Transport("https", 8883));

  private static final Pattern PORT = Pattern.compile("[^/?#]*:[0-9]+(?:[/?#].*)?");

  /**
   * Parses user input.
   *
   * @throws BadAddressException with what is wrong
   */
  public static EndpointAddress parse(EndpointKind kind, String text) {
    String trimmed = text.strip();
    int end = trimmed.indexOf("://");
    String scheme = end < 0 ? "" : trimmed.substring(0, end).toLowerCase(Locale.ROOT);
    List<String> allowed =
        kind == EndpointKind.MQTT ? List.of("mqtt", "mqtts") : List.of("http", "https");
    Transport transport = TRANSPORTS.get(scheme);
    if (transport == null || !allowed.contains(scheme)) {
      throw new BadAddressException(
          "must begin with %s:// or %s://".formatted(allowed.get(0), allowed.get(1)));
    }
    String rest = trimmed.substring(end + 3);
    try {
      VideoUrl url = VideoUrl.parse(transport.scheme() + "://" + rest);
      boolean portNamed = PORT.matcher(rest.substring(rest.lastIndexOf('@') + 1)).matches();
      int port = portNamed ? url.port() : transport.port();
      return new EndpointAddress(
          scheme, new VideoUrl(url.scheme(), url.host(), port, url.target(), url.credentials()));
    } catch (BadUrlException e) {
      throw new BadAddressException(String.valueOf(e.getMessage()).replaceFirst("^url ", ""));
    }
  }

  /** The complete address including secrets, for storage. */
  String whole() {
    return scheme + url.whole().substring(url.scheme().length());
  }

  /** Host and port, for messages. */
  public String authority() {
    return url.host().contains(":")
        ? "[%s]:%d".formatted(url.host(), url.port())
        : "%s:%d".formatted(url.host(), url.port());
  }

  @Override
  public String toString() {
    return scheme + url.toString().substring(url.scheme().length());
  }
}
