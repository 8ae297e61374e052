package framewise.server.config;

import framewise.webrtc.IceServer;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parser for STUN and TURN servers in one line: {@code stun:host:port} and {@code
 * turn:user:credential@host:port?transport=tcp}, separated by commas. The user may contain colons,
 * as users with an expiry time do; other special characters ({@code @}, {@code ,}, {@code %}, a
 * colon in the credential) are percent-encoded, such as {@code %40}.
 */
final class IceServers {
  private static final Pattern RELAY =
      Pattern.compile("(turns?):([^@\\s]+):([^@:\\s]+)@(\\S+)", Pattern.CASE_INSENSITIVE);

  private IceServers() {}

  /** Parses the line; empty when an entry is invalid. */
  static Optional<List<IceServer>> parse(String text) {
    List<IceServer> servers = new ArrayList<>();
    try {
      for (String one : text.isBlank() ? new String[0] : text.split(",", -1)) {
        servers.add(server(one.strip()));
      }
      return Optional.of(servers);
    } catch (IllegalArgumentException noServer) {
      return Optional.empty();
    }
  }

  private static IceServer server(String text) {
    Matcher relay = RELAY.matcher(text);
    if (!relay.matches()) {
      return IceServer.stun(text);
    }
    return new IceServer(
        List.of(relay.group(1) + ":" + relay.group(4)),
        Optional.of(decoded(relay.group(2))),
        Optional.of(decoded(relay.group(3))));
  }

  /** A plus stays a plus: credentials are often Base64. */
  private static String decoded(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
