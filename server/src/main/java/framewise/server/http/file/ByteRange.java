package framewise.server.http.file;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Part of a file that a {@code Range} header requests, RFC 9110 section 14.
 *
 * @param first byte, from 0
 * @param last byte, inclusive; below the file's length
 */
public record ByteRange(long first, long last) {
  private static final Pattern SYNTAX =
      Pattern.compile("bytes\\s*=\\s*(\\d*)\\s*-\\s*(\\d*)\\s*", Pattern.CASE_INSENSITIVE);

  /** Result of parsing a header. */
  public sealed interface RequestedRange {
    /** The whole file: no range, an invalid one, or several, which may be ignored. */
    record Whole() implements RequestedRange {}

    /** A part of it. */
    record Part(ByteRange range) implements RequestedRange {}

    /** A part that starts after the file's end. */
    record Unsatisfiable() implements RequestedRange {}
  }

  /** Number of bytes. */
  public long length() {
    return last - first + 1;
  }

  /**
   * Parses a header.
   *
   * @param size of the file in bytes
   */
  public static RequestedRange read(Optional<String> header, long size) {
    Matcher matcher = SYNTAX.matcher(header.orElse(""));
    if (!matcher.matches()) {
      return new RequestedRange.Whole();
    }
    String from = matcher.group(1);
    String to = matcher.group(2);
    if (from.isEmpty()) {
      return to.isEmpty() ? new RequestedRange.Whole() : suffix(number(to), size);
    }
    long first = number(from);
    long last = to.isEmpty() ? Long.MAX_VALUE : number(to);
    if (last < first) {
      return new RequestedRange.Whole();
    }
    return first >= size
        ? new RequestedRange.Unsatisfiable()
        : new RequestedRange.Part(new ByteRange(first, Math.min(last, size - 1)));
  }

  private static RequestedRange suffix(long length, long size) {
    return length == 0 || size == 0
        ? new RequestedRange.Unsatisfiable()
        : new RequestedRange.Part(new ByteRange(Math.max(0, size - length), size - 1));
  }

  /** A number too large for a {@code long} is beyond every end. */
  private static long number(String digits) {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException tooLong) {
      return Long.MAX_VALUE;
    }
  }
}
