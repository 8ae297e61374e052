package framewise.media.network;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/**
 * Addresses that begin alike.
 *
 * @param first the first of them, 4 or 16 bytes
 * @param bits how many bits are alike
 * @param meaning what they are for
 */
record AddressRange(InetAddress first, int bits, String meaning) {
  /** Ranges as {@code 10.0.0.0/8}, of one meaning. */
  static List<AddressRange> all(String meaning, String... ranges) {
    return Arrays.stream(ranges).map(range -> of(range, meaning)).toList();
  }

  boolean contains(InetAddress address) {
    byte[] ours = first.getAddress();
    byte[] theirs = address.getAddress();
    if (ours.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % 8);
      if (((ours[bit / 8] ^ theirs[bit / 8]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }

  private static AddressRange of(String range, String meaning) {
    int slash = range.indexOf('/');
    return new AddressRange(
        InetAddress.ofLiteral(range.substring(0, slash)),
        Integer.parseInt(range.substring(slash + 1)),
        meaning);
  }
}
