package framewise.webrtc;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A STUN or TURN server.
 *
 * @param urls such as {@code stun:stun.example.org:3478} or {@code
 *     turn:turn.example.org?transport=tcp}
 * @param username only for TURN
 * @param credential only for TURN; never printed
 */
public record IceServer(List<String> urls, Optional<String> username, Optional<String> credential) {
  private static final Pattern URL =
      Pattern.compile(
          "(stun|stuns|turn|turns):([A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}\\])(:[0-9]{1,5})?"
              + "(\\?transport=(udp|tcp|tls))?",
          Pattern.CASE_INSENSITIVE);

  /** Limit in bytes and characters; passwords of TURN's REST scheme have 28. */
  private static final int MAX_SECRET = 512;

  /**
   * @throws IllegalArgumentException for a URL that is neither STUN nor TURN, or for TURN without
   *     username and credential
   */
  public IceServer {
    urls = List.copyOf(urls);
    if (urls.isEmpty()) {
      throw new IllegalArgumentException(
          "an ICE server needs a URL such as stun:stun.example.org:3478");
    }
    if (!username.map(IceServer::isPlain).orElse(true)
        || !credential.map(IceServer::isPlain).orElse(true)) {
      throw new IllegalArgumentException(
          "the user name and credential of an ICE server must be at most %d characters of printable ASCII without spaces"
              .formatted(MAX_SECRET));
    }
    for (String url : urls) {
      if (!URL.matcher(url).matches()) {
        throw new IllegalArgumentException(
            "an ICE server's URL is '%s' but must begin with stun:, stuns:, turn: or turns:, without a user"
                .formatted(url));
      }
      if (url.regionMatches(true, 0, "turn", 0, 4)
          && (username.isEmpty() || credential.isEmpty())) {
        throw new IllegalArgumentException(
            "the TURN server %s needs a user name and a credential".formatted(url));
      }
    }
  }

  private static boolean isPlain(String text) {
    return text.length() <= MAX_SECRET && text.chars().allMatch(c -> c > ' ' && c <= '~');
  }

  public static IceServer stun(String url) {
    return new IceServer(List.of(url), Optional.empty(), Optional.empty());
  }

  @Override
  public String toString() {
    return "IceServer[urls=%s, username=%s, credential=***]".formatted(urls, username.orElse(""));
  }
}
