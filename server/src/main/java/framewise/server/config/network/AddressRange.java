package framewise.server.config.network;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Range of IP addresses with a common prefix, such as {@code 192.0.2.1} or {@code 10.0.0.0/8}.
 *
 * @param bits length of the prefix
 */
public record AddressRange(InetAddress first, int bits) {
  private static final int MAX_COUNT = 64;

  /** Parses a range; empty when invalid. Does no name lookup. */
  public static Optional<AddressRange> parse(String text) {
    String[] parts = text.strip().split("/", -1);
    try {
      InetAddress first = InetAddress.ofLiteral(parts[0]);
      int all = first.getAddress().length * 8;
      int bits = parts.length == 1 ? all : Integer.parseInt(parts[1]);
      return parts.length <= 2 && bits >= 0 && bits <= all
          ? Optional.of(new AddressRange(first, bits))
          : Optional.empty();
    } catch (IllegalArgumentException noAddress) {
      return Optional.empty();
    }
  }

  /** Parses ranges separated by commas; empty when one is invalid. */
  public static Optional<List<AddressRange>> parseAll(String text) {
    List<AddressRange> ranges = new ArrayList<>();
    for (String one : text.isBlank() ? new String[0] : text.split(",", -1)) {
      Optional<AddressRange> range = parse(one);
      if (range.isEmpty()) {
        return Optional.empty();
      }
      ranges.add(range.get());
    }
    return ranges.size() <= MAX_COUNT ? Optional.of(ranges) : Optional.empty();
  }

  /** Whether the range contains an address. */
  public boolean contains(InetAddress address) {
    byte[] own = first.getAddress();
    byte[] other = address.getAddress();
    if (own.length != other.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % 8);
      if ((own[bit / 8] & mask) != (other[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }
}
