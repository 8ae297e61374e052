package framewise.media.network;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Extracts the IPv4 address that a router or the system finds inside an IPv6 address: mapped and
 * compatible (RFC 4291), translated (RFC 6052, 6145), 6to4 (RFC 3056), Teredo (RFC 4380).
 */
final class EmbeddedAddress {
  private static final ReservedRange MAPPED = range("::ffff:0:0:0/96");
  private static final ReservedRange COMPATIBLE = range("::/96");
  private static final ReservedRange TRANSLATED = range("64:ff9b::/96");
  private static final ReservedRange LOCALLY_TRANSLATED = range("64:ff9b:1::/48");
  private static final ReservedRange SIX_TO_FOUR = range("2002::/16");
  private static final ReservedRange TEREDO = range("2001::/32");

  private EmbeddedAddress() {}

  static Optional<Inet4Address> of(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length != 16) {
      return Optional.empty(); // Java converts ::ffff:a.b.c.d to IPv4 itself
    }
    if (MAPPED.contains(address)
        || COMPATIBLE.contains(address)
        || TRANSLATED.contains(address)
        || LOCALLY_TRANSLATED.contains(address)) {
      return ipv4(bytes, 12, 0);
    }
    if (SIX_TO_FOUR.contains(address)) {
      return ipv4(bytes, 2, 0);
    }
    return TEREDO.contains(address) ? ipv4(bytes, 12, 0xff) : Optional.empty();
  }

  private static Optional<Inet4Address> ipv4(byte[] bytes, int from, int flip) {
    byte[] four = Arrays.copyOfRange(bytes, from, from + 4);
    for (int i = 0; i < four.length; i++) {
      four[i] ^= (byte) flip;
    }
    try {
      return Optional.of((Inet4Address) InetAddress.getByAddress(four));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }

  private static ReservedRange range(String text) {
    return ReservedRange.all("", text).getFirst();
  }
}
