package framewise.server.phone;

import framewise.server.tls.Identity;
import framewise.server.tls.MachineNames;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Addresses of the console for other devices on the network.
 *
 * @param urls the most likely first; none where no other device can connect
 * @param identity the service's certificate; empty for plain HTTP, where browsers block the camera
 * @param named whether the first URL comes from the settings, such as that of a proxy
 */
public record PhoneAccess(List<String> urls, Optional<Identity> identity, boolean named) {
  public PhoneAccess {
    urls = List.copyOf(urls);
  }

  /**
   * Addresses of a service that listens on a host.
   *
   * @param host the listen address
   */
  public static PhoneAccess of(
      String host, int port, MachineNames machine, Optional<Identity> identity) {
    Set<String> hosts = new LinkedHashSet<>();
    if (listensToOthers(host)) {
      List<InetAddress> reached =
          isEvery(host)
              ? machine.outside()
              : List.of(resolved(host).orElse(InetAddress.getLoopbackAddress()));
      // A certificate from an authority is for names: only these URLs cause no warning.
      identity
          .filter(shown -> !shown.isSelfSigned())
          .ifPresent(shown -> hosts.addAll(outsideNames(shown)));
      reached.forEach(address -> hosts.add(inUrl(address)));
    }
    String scheme = identity.isPresent() ? "https" : "http";
    List<String> urls = new ArrayList<>();
    hosts.forEach(name -> urls.add("%s://%s:%d/console/".formatted(scheme, name, port)));
    return new PhoneAccess(urls, identity, false);
  }

  /**
   * The same with the public URLs from the settings.
   *
   * @param named http or https, without query and fragment
   */
  public PhoneAccess behind(List<URI> named) {
    Set<String> all = new LinkedHashSet<>();
    named.forEach(url -> all.add(url.toString().replaceAll("(/console)?/*$", "") + "/console/"));
    all.addAll(urls);
    return new PhoneAccess(List.copyOf(all), identity, this.named || !named.isEmpty());
  }

  /** Whether browsers allow the camera at the first URL. */
  public boolean isSecure() {
    return urls.stream().findFirst().filter(url -> url.startsWith("http:")).isEmpty()
        && (named || identity.isPresent());
  }

  /** Instructions, in a sentence or two. */
  public String advice() {
    if (urls.isEmpty()) {
      return "The service accepts connections from this computer only: set BACKEND_HOST=0.0.0.0 so"
          + " that a phone in the same network can open it.";
    }
    if (named && isSecure()) {
      return "Open this address on a phone.";
    }
    if (!isSecure()) {
      return "A phone in the same network can open this address. Its camera needs HTTPS: start the"
          + " service with FRAMEWISE_TLS=self-signed.";
    }
    return identity.filter(Identity::isSelfSigned).isPresent()
        ? "Open this address on a phone in the same network, and accept the self-signed"
            + " certificate once."
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
    String text = MachineNames.written(address);
    return address instanceof Inet6Address ? "[" + text + "]" : text;
  }
}
