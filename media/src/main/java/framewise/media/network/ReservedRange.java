package framewise.media.network;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/**
 * A range of addresses with the same prefix.
 *
 * @param first the first address, 4 or 16 bytes
 * @param bits length of the prefix
 * @param meaning what the range is for
 */
record ReservedRange(InetAddress first, int bits, String meaning) {
  /** Parses ranges such as {@code 10.0.0.0/8}, all with one meaning. */
  static List<ReservedRange> all(String meaning, String... ranges) {
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

  private static ReservedRange of(String range, String meaning) {
    int slash = range.indexOf('/');
    return new ReservedRange(
        InetAddress.ofLiteral(range.substring(0, slash)),
        Integer.parseInt(range.substring(slash + 1)),
        meaning);
  }
}
