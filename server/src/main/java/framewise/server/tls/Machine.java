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
 * What this machine is called by those who connect to it.
 *
 * @param names in small letters, {@code localhost} among them
 * @param addresses those that others use first, and of these the likeliest; then loopback
 */
public record Machine(List<String> names, List<InetAddress> addresses) {
  private static final Pattern NAME =
      Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

  /**
   * Bridges between containers and virtual machines: nobody outside sees these, and they change.
   */
  private static final Pattern INSIDE = Pattern.compile("(docker|veth|br-|virbr|cni|flannel).*");

  /** RFC 5737: nobody has it, and nothing is sent there. */
  private static final InetSocketAddress SOMEWHERE = new InetSocketAddress("192.0.2.1", 9);

  public Machine {
    names = List.copyOf(names);
    addresses = List.copyOf(addresses);
  }

  /**
   * Asks the operating system; nothing is sent anywhere.
   *
   * @param told the address that routers and containers show the world instead
   */
  public static Machine current(Optional<InetAddress> told) {
    Set<String> names = new LinkedHashSet<>(List.of("localhost"));
    hostName().ifPresent(names::add);
    Set<InetAddress> addresses = new LinkedHashSet<>();
    told.ifPresent(addresses::add);
    routed().ifPresent(addresses::add);
    addresses.addAll(onInterfaces());
    for (String loopback : List.of("127.0.0.1", "::1")) {
      addresses.add(InetAddress.ofLiteral(loopback));
    }
    return new Machine(List.copyOf(names), List.copyOf(addresses));
  }

  /**
   * Every name of this machine, as its own operating system knows it: the host name, alone and with
   * {@code .local}, and with its domain. Asks the DNS for the domain, which may take seconds.
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

  /** The addresses under which other machines reach this one, the likeliest first. */
  public List<InetAddress> outside() {
    return addresses.stream().filter(address -> !address.isLoopbackAddress()).toList();
  }

  /** As certificates and this class compare it: without the zone of an interface. */
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

  /** The address from which packets would leave for the internet: that of the network we are in. */
  private static Optional<InetAddress> routed() {
    try (var socket = new DatagramSocket()) {
      socket.connect(SOMEWHERE);
      return Optional.of(socket.getLocalAddress()).filter(Machine::isShown);
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
          .filter(Machine::isShown)
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
