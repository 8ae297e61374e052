package framewise.media.network;

import java.util.regex.Pattern;

/**
 * Hosts written in digits: one to four numbers, of which the last covers the remaining bytes
 * (inet_aton). No host name consists of digits only, so a number that is not an address is refused.
 */
final class NumericHost {
  private static final Pattern DIGITS = Pattern.compile("[0-9]+(?:\\.[0-9]+)*");
  private static final int BYTES = 4;

  /** More digits than the largest number has. */
  private static final int TOO_LONG = 11;

  private NumericHost() {}

  /** Whether a host is digits and dots but no IPv4 address. */
  static boolean isNoAddress(String host) {
    if (!DIGITS.matcher(host).matches()) {
      return false;
    }
    String[] numbers = host.split("\\.", -1);
    int last = numbers.length - 1;
    if (last >= BYTES) {
      return true;
    }
    for (int i = 0; i < last; i++) {
      if (!fits(numbers[i], 1)) {
        return true;
      }
    }
    return !fits(numbers[last], BYTES - last);
  }

  private static boolean fits(String number, int bytes) {
    return number.length() < TOO_LONG && Long.parseLong(number) < 1L << (Byte.SIZE * bytes);
  }
}
