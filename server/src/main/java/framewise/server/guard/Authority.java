package framewise.server.guard;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Host and port that a request names (RFC 9110, 7.2).
 *
 * @param host in lower case, without brackets, zone or trailing dot
 * @param port empty for the scheme's default
 */
public record Authority(String host, OptionalInt port) {
  private static final Pattern SYNTAX =
      Pattern.compile("(\\[[0-9A-Fa-f:.]+(?:%[^\\]]*)?\\]|[A-Za-z0-9._-]+)(?::([0-9]{0,5}))?");

  private static final int MAX_PORT = 65_535;

  /**
   * Parses the value of a {@code Host} header.
   *
   * @return empty when invalid
   */
  public static Optional<Authority> parse(String text) {
    Matcher matcher = SYNTAX.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String digits = Optional.ofNullable(matcher.group(2)).orElse("");
    OptionalInt port =
        digits.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(digits));
    String host = canonical(matcher.group(1));
    return host.isEmpty() || port.orElse(0) > MAX_PORT
        ? Optional.empty()
        : Optional.of(new Authority(host, port));
  }

  /** Whether it names an IP address rather than a host, in any spelling. */
  public boolean isAddress() {
    if (host.contains(":")) {
      return true;
    }
    try {
      InetAddress _ = InetAddress.ofLiteral(host);
      return true;
    } catch (IllegalArgumentException name) {
      return false;
    }
  }

  /** The port, or the scheme's default. */
  public int port(String scheme) {
    return port.orElse(scheme.equals("https") ? 443 : 80);
  }

  private static String canonical(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    if (lower.startsWith("[")) {
      int zone = lower.indexOf('%');
      return lower.substring(1, zone < 0 ? lower.length() - 1 : zone);
    }
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
