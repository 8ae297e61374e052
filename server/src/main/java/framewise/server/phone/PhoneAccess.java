package framewise.server.phone;

import framewise.server.tls.Identity;
import framewise.server.tls.Machine;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The addresses of the console for other devices of the network.
 *
 * @param urls the likeliest first; none where nobody else can connect
 * @param identity what the service shows to those who connect; empty for plain HTTP, with which
 *     browsers give no camera
 */
public record PhoneAccess(List<String> urls, Optional<Identity> identity) {
  public PhoneAccess {
    urls = List.copyOf(urls);
  }

  /**
   * What holds for a service that listens there.
   *
   * @param host the address that is listened on
   */
  public static PhoneAccess of(
      String host, int port, Machine machine, Optional<Identity> identity) {
    Set<String> hosts = new LinkedHashSet<>();
    if (listensToOthers(host)) {
      List<InetAddress> reached =
          isEvery(host)
              ? machine.outside()
              : List.of(resolved(host).orElse(InetAddress.getLoopbackAddress()));
      // A certificate somebody vouches for is for names: only by these is there no warning.
      identity
          .filter(shown -> !shown.isSelfSigned())
          .ifPresent(shown -> hosts.addAll(outsideNames(shown)));
      reached.forEach(address -> hosts.add(inUrl(address)));
    }
    String scheme = identity.isPresent() ? "https" : "http";
    List<String> urls = new ArrayList<>();
    hosts.forEach(name -> urls.add("%s://%s:%d/console/".formatted(scheme, name, port)));
    return new PhoneAccess(urls, identity);
  }

  /** What to do, in a sentence or two for a person. */
  public String advice() {
    if (urls.isEmpty()) {
      return "The service listens to this machine alone: set BACKEND_HOST=0.0.0.0 so that a phone"
          + " in the same network can open it.";
    }
    if (identity.isEmpty()) {
      return "A phone in the same network can open this address. Its camera needs HTTPS: start the"
          + " service with FRAMEWISE_TLS=self-signed.";
    }
    return identity.get().isSelfSigned()
        ? "Open this address on a phone in the same network and accept the certificate once: the"
            + " service made it for itself."
        : "Open this address on a phone in the same network.";
  }

  private static List<String> outsideNames(Identity shown) {
    return shown.names().stream()
        .filter(name -> !name.contains("*") && !name.equals("localhost"))
        .sorted()
        .toList();
  }

  private static boolean isEvery(String host) {
    return resolved(host).filter(InetAddress::isAnyLocalAddress).isPresent();
  }

  private static boolean listensToOthers(String host) {
    return resolved(host).filter(address -> !address.isLoopbackAddress()).isPresent();
  }

  private static Optional<InetAddress> resolved(String host) {
    try {
      return Optional.of(InetAddress.getByName(host));
    } catch (UnknownHostException unknown) {
      return Optional.empty();
    }
  }

  private static String inUrl(InetAddress address) {
    String text = Machine.written(address);
    return address instanceof Inet6Address ? "[" + text + "]" : text;
  }
}
