package framewise.server.config;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Number of bytes, written as {@code 1048576}, {@code 500MB} or {@code 2 GB}; a KB is 1024 bytes, a
 * MB 1024 KB, a GB 1024 MB.
 *
 * @param bytes 0 or more
 */
public record ByteSize(long bytes) implements Comparable<ByteSize> {
  private static final Pattern SYNTAX =
      Pattern.compile("(\\d{1,15})\\s*(B|KB|MB|GB|TB)?", Pattern.CASE_INSENSITIVE);
  private static final String UNITS = "BKMGT";

  public ByteSize {
    if (bytes < 0) {
      throw new IllegalArgumentException("a size cannot be negative: " + bytes);
    }
  }

  public static ByteSize ofMegabytes(long megabytes) {
    return new ByteSize(Math.multiplyExact(megabytes, 1L << 20));
  }

  /** Parses a size; empty for any other format, and for what does not fit a {@code long}. */
  public static Optional<ByteSize> parse(String text) {
    Matcher matcher = SYNTAX.matcher(text.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String unit = matcher.group(2) == null ? "B" : matcher.group(2).toUpperCase(Locale.ROOT);
    long factor = 1L << (10 * UNITS.indexOf(unit.charAt(0)));
    try {
      return Optional.of(
          new ByteSize(Math.multiplyExact(Long.parseLong(matcher.group(1)), factor)));
    } catch (ArithmeticException tooLarge) {
      return Optional.empty();
    }
  }

  @Override
  public int compareTo(ByteSize other) {
    return Long.compare(bytes, other.bytes);
  }

  /** Formats with the largest unit that needs no fraction: {@code 500 MB}, {@code 1000 bytes}. */
  @Override
  public String toString() {
    for (int power = UNITS.length() - 1; power > 0; power--) {
      long unit = 1L << (10 * power);
      if (bytes >= unit && bytes % unit == 0) {
        return bytes / unit + " " + UNITS.charAt(power) + "B";
      }
    }
    return bytes + " bytes";
  }
}
