package framewise.server.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Names and addresses of this machine.
 *
 * @param names in lower case, including {@code localhost}
 * @param addresses those for other machines first, the most likely at the top; then loopback
 */
public record MachineNames(List<String> names, List<InetAddress> addresses) {
  private static final Pattern NAME =
      Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

  /** Bridges of containers and virtual machines: unreachable from outside, and they change. */
  private static final Pattern INSIDE = Pattern.compile("(docker|veth|br-|virbr|cni|flannel).*");

  /** RFC 5737: an address that no host has; nothing is sent to it. */
  private static final InetSocketAddress SOMEWHERE = new InetSocketAddress("192.0.2.1", 9);

  public MachineNames {
    names = List.copyOf(names);
    addresses = List.copyOf(addresses);
  }

  /**
   * Queries the operating system; sends nothing.
   *
   * @param external external address from the settings, behind a router or container network
   */
  public static MachineNames current(Optional<InetAddress> external) {
    Set<String> names = new LinkedHashSet<>(List.of("localhost"));
    hostName().ifPresent(names::add);
    Set<InetAddress> addresses = new LinkedHashSet<>();
    external.ifPresent(addresses::add);
    routed().ifPresent(addresses::add);
    addresses.addAll(onInterfaces());
    for (String loopback : List.of("127.0.0.1", "::1")) {
      addresses.add(InetAddress.ofLiteral(loopback));
    }
    return new MachineNames(List.copyOf(names), List.copyOf(addresses));
  }

  /**
   * All names of this machine that its operating system knows: the host name, alone and with {@code
   * .local}, and with its domain. Queries the DNS for the domain, which may take seconds.
   */
  public static Set<String> ownNames() {
    Set<String> names = new LinkedHashSet<>();
    hostName()
        .ifPresent(
            host -> {
              int dot = host.indexOf('.');
              String first = dot < 0 ? host : host.substring(0, dot);
              names.addAll(List.of(host, first, first + ".local"));
              fullName().filter(full -> full.startsWith(first + ".")).ifPresent(names::add);
            });
    return names;
  }

  /** Addresses under which other machines reach this one, the most likely first. */
  public List<InetAddress> outside() {
    return addresses.stream().filter(address -> !address.isLoopbackAddress()).toList();
  }

  /** An address in the notation of certificates and of this class: without an interface's zone. */
  public static String written(InetAddress address) {
    String text = address.getHostAddress();
    int zone = text.indexOf('%');
    return zone < 0 ? text : text.substring(0, zone);
  }

  private static Optional<String> hostName() {
    try {
      return Optional.of(InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT))
          .filter(name -> name.length() < 64 && NAME.matcher(name).matches())
          .filter(name -> !name.matches("[0-9.]+"));
    } catch (UnknownHostException nameless) {
      return Optional.empty();
    }
  }

  private static Optional<String> fullName() {
    try {
      return Optional.of(InetAddress.getLocalHost().getCanonicalHostName().toLowerCase(Locale.ROOT))
          .filter(name -> NAME.matcher(name).matches());
    } catch (UnknownHostException nameless) {
      return Optional.empty();
    }
  }

  /** Source address of packets to the internet: that of the local network. */
  private static Optional<InetAddress> routed() {
    try (var socket = new DatagramSocket()) {
      socket.connect(SOMEWHERE);
      return Optional.of(socket.getLocalAddress()).filter(MachineNames::isShown);
    } catch (IOException | UncheckedIOException noRoute) {
      return Optional.empty();
    }
  }

  /** IPv6 addresses count only where there are no others: most of them change every day. */
  private static Collection<InetAddress> onInterfaces() {
    List<InetAddress> four = new ArrayList<>();
    List<InetAddress> six = new ArrayList<>();
    try {
      NetworkInterface.networkInterfaces()
          .filter(each -> !INSIDE.matcher(each.getName()).matches())
          .flatMap(NetworkInterface::inetAddresses)
          .filter(MachineNames::isShown)
          .forEach(address -> (address instanceof Inet4Address ? four : six).add(address));
    } catch (SocketException noInterfaces) {
      return List.of();
    }
    return four.isEmpty() ? six : four;
  }

  private static boolean isShown(InetAddress address) {
    return !address.isLoopbackAddress()
        && !address.isAnyLocalAddress()
        && !address.isLinkLocalAddress();
  }
}
