package framewise.media.network;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which addresses URLs may reach. Checked for the address that is connected to, never for a name.
 */
public enum AllowedAddresses implements AddressRule {
  /** Public and private addresses; never this computer, link-local or metadata addresses. */
  LAN,
  /** Public addresses only. */
  PUBLIC,
  /** Every address. */
  ANY,
  /** None: video by URL is disabled. */
  OFF;

  private static final List<ReservedRange> THIS_MACHINE =
      ReservedRange.all(
          "an address of this machine", "0.0.0.0/8", "127.0.0.0/8", "::/128", "::1/128");

  /** RFC 3927 and RFC 4291; 169.254.0.0/16 includes the metadata services of clouds. */
  private static final List<ReservedRange> LINK =
      ReservedRange.all("a link-local address", "169.254.0.0/16", "fe80::/10");

  /** Metadata services elsewhere: AWS and Google over IPv6, Alibaba, Oracle, Azure. */
  private static final List<ReservedRange> METADATA =
      ReservedRange.all(
          "a metadata address",
          "fd00:ec2::/32",
          "fd20:ce::254/128",
          "100.100.100.200/32",
          "192.0.0.192/32",
          "168.63.129.16/32");

  private static final List<ReservedRange> NOT_HOSTS =
      ReservedRange.all("not an address of a host", "224.0.0.0/4", "240.0.0.0/4", "ff00::/8");

  /** IANA's registries of special-purpose addresses, except those above. */
  private static final List<ReservedRange> PRIVATE =
      ReservedRange.all(
          "a private address",
          "10.0.0.0/8",
          "172.16.0.0/12",
          "192.168.0.0/16",
          "100.64.0.0/10",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "fc00::/7",
          "fec0::/10",
          "100::/64",
          "2001:db8::/32");

  public static Optional<AllowedAddresses> ofWireName(String name) {
    return Arrays.stream(values())
        .filter(reach -> reach.wireName().equals(name.toLowerCase(Locale.ROOT)))
        .findFirst();
  }

  /** The name in the setting. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Optional<String> refusal(InetAddress address) {
    Optional<Inet4Address> inner = EmbeddedAddress.of(address);
    return switch (this) {
      case ANY -> Optional.empty();
      case OFF -> Optional.of("blocked, like every address");
      case LAN, PUBLIC -> named(address).or(() -> inner.flatMap(this::named));
    };
  }

  private Optional<String> named(InetAddress address) {
    List<List<ReservedRange>> refused =
        this == LAN
            ? List.of(THIS_MACHINE, LINK, METADATA, NOT_HOSTS)
            : List.of(THIS_MACHINE, LINK, METADATA, NOT_HOSTS, PRIVATE);
    return refused.stream()
        .flatMap(List::stream)
        .filter(range -> range.contains(address))
        .map(ReservedRange::meaning)
        .findFirst();
  }
}
