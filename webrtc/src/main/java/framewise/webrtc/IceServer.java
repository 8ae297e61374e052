package framewise.webrtc;

import framewise.webrtc.ice.StunServer;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A STUN or TURN server.
 *
 * @param urls such as {@code stun:stun.example.org:3478} or {@code
 *     turn:turn.example.org?transport=tcp}
 * @param username only for TURN
 * @param credential only for TURN; never printed
 */
public record IceServer(List<String> urls, Optional<String> username, Optional<String> credential) {
  private static final Logger LOG = LoggerFactory.getLogger(IceServer.class);

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

  /**
   * The servers that our receiver can use: those over UDP. A name without an address within the
   * time is left out. The others are for remote peers, and for publishing.
   */
  static List<StunServer> resolve(List<IceServer> servers, Duration within) {
    List<StunServer> found = new CopyOnWriteArrayList<>();
    var done = new CompletableFuture<Boolean>();
    // A resolver may take minutes, and can't be interrupted.
    Thread.ofVirtual()
        .name("ice-servers")
        .start(
            () -> {
              servers.forEach(each -> found.addAll(each.overUdp()));
              done.complete(true);
            });
    boolean _ = done.completeOnTimeout(false, within.toNanos(), TimeUnit.NANOSECONDS).join();
    return List.copyOf(found);
  }

  private List<StunServer> overUdp() {
    List<StunServer> found = new ArrayList<>();
    for (String url : urls) {
      Matcher parts = URL.matcher(url);
      String transport = parts.matches() && parts.group(5) != null ? parts.group(5) : "udp";
      String kind = parts.group(1).toLowerCase(Locale.ROOT);
      if (kind.endsWith("s") || !transport.equalsIgnoreCase("udp")) {
        continue;
      }
      int port =
          parts.group(3) == null
              ? StunServer.DEFAULT_PORT
              : Integer.parseInt(parts.group(3).substring(1));
      Optional<StunServer.TurnLogin> login =
          kind.equals("turn")
              ? Optional.of(new StunServer.TurnLogin(username.orElse(""), credential.orElse("")))
              : Optional.empty();
      for (InetAddress address : addresses(parts.group(2))) {
        found.add(new StunServer(new InetSocketAddress(address, port), login));
      }
    }
    return found;
  }

  /** The first address of each family. */
  private static List<InetAddress> addresses(String name) {
    String plain = name.startsWith("[") ? name.substring(1, name.length() - 1) : name;
    try {
      Map<Boolean, InetAddress> first = new LinkedHashMap<>();
      for (InetAddress each : InetAddress.getAllByName(plain)) {
        first.putIfAbsent(each instanceof Inet4Address, each);
      }
      return List.copyOf(first.values());
    } catch (UnknownHostException e) {
      LOG.warn("The ICE server {} has no address. Check FRAMEWISE_ICE_SERVERS.", plain);
      return List.of();
    }
  }

  @Override
  public String toString() {
    return "IceServer[urls=%s, username=%s, credential=***]".formatted(urls, username.orElse(""));
  }
}
