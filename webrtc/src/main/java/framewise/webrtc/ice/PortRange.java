package framewise.webrtc.ice;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The UDP ports for media, both ends included. A connection takes one port per network address of
 * the machine.
 *
 * @param first 1024 to 65535
 * @param last not below {@code first}
 */
public record PortRange(int first, int last) {
  private static final Pattern TEXT =
      Pattern.compile("\\s*([0-9]{1,5})\\s*(?:-\\s*([0-9]{1,5})\\s*)?");

  public PortRange {
    if (first < 1024 || last > 65_535 || first > last) {
      throw new IllegalArgumentException(
          "the media ports are %d-%d but must lie within 1024-65535, the lower one first"
              .formatted(first, last));
    }
  }

  /**
   * Parses {@code 50000-50100}, or a single port.
   *
   * @throws IllegalArgumentException when the text is not a valid range
   */
  public static PortRange parse(String text) {
    Matcher found = TEXT.matcher(text);
    if (!found.matches()) {
      throw new IllegalArgumentException(
          "the media ports are '%s' but must be a range such as 50000-50100".formatted(text));
    }
    int first = Integer.parseInt(found.group(1));
    return new PortRange(first, found.group(2) == null ? first : Integer.parseInt(found.group(2)));
  }

  @Override
  public String toString() {
    return first + "-" + last;
  }
}
