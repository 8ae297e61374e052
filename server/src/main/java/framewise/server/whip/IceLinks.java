package framewise.server.whip;

import framewise.webrtc.IceServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** STUN and TURN servers as {@code Link} headers (RFC 9725, section 4.6). */
final class IceLinks {
  private IceLinks() {}

  /** One header value for each URL of each server. */
  static List<String> of(List<IceServer> servers) {
    List<String> links = new ArrayList<>();
    for (IceServer server : servers) {
      for (String url : server.urls()) {
        var link = new StringBuilder("<%s>; rel=\"ice-server\"".formatted(url));
        Optional<String> user = server.username();
        Optional<String> credential = server.credential();
        if (user.isPresent() && credential.isPresent()) {
          link.append("; username=").append(quoted(user.get()));
          link.append("; credential=").append(quoted(credential.get()));
          link.append("; credential-type=\"password\"");
        }
        links.add(link.toString());
      }
    }
    return links;
  }

  /** Quoted string of RFC 9110, section 5.6.4. */
  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
