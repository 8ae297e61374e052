package framewise.server.config.network;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Addresses that proxies recorded, in the order in which a request passed them. */
final class ForwardedChain {
  /** RFC 7239, 4: {@code for=192.0.2.1}, {@code for="[2001:db8::1]:4711"}. */
  private static final Pattern FOR =
      Pattern.compile("(?i)(?:^|;)\\s*for\\s*=\\s*(?:\"([^\"]*)\"|([^;\\s]*))");

  private static final Pattern WITH_PORT = Pattern.compile("(\\[[^\\]]+]|[^:]+):\\d{1,5}");

  private ForwardedChain() {}

  /**
   * Reads {@code X-Forwarded-For}; without that header, {@code Forwarded}. A proxy appends to one
   * of the two, and passes on what a client wrote into the other.
   *
   * @param headers returns all values of a header, in order
   * @return one for each hop, empty where it is not an address
   */
  static List<Optional<InetAddress>> of(Function<String, List<String>> headers) {
    List<String> older = headers.apply("X-Forwarded-For");
    if (!older.isEmpty()) {
      return split(older).map(String::strip).map(ForwardedChain::address).toList();
    }
    return split(headers.apply("Forwarded")).map(ForwardedChain::element).toList();
  }

  private static Stream<String> split(List<String> values) {
    List<String> hops = new ArrayList<>();
    for (String value : values) {
      hops.addAll(List.of(value.split(",", -1)));
    }
    return hops.stream();
  }

  private static Optional<InetAddress> element(String text) {
    Matcher named = FOR.matcher(text);
    if (!named.find()) {
      return Optional.empty();
    }
    return address(Optional.ofNullable(named.group(1)).orElse(String.valueOf(named.group(2))));
  }

  private static Optional<InetAddress> address(String text) {
    Matcher port = WITH_PORT.matcher(text);
    String host = port.matches() ? port.group(1) : text;
    String plain =
        host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    try {
      return Optional.of(InetAddress.ofLiteral(plain));
    } catch (IllegalArgumentException noAddress) {
      return Optional.empty();
    }
  }
}
