package framewise.webrtc.sdp;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * How one attribute of a remote description is read and printed afresh.
 *
 * @param most how many of it a section may have; those that follow are dropped where it is 1, and
 *     make the description too large otherwise
 * @param essential whether a malformed one makes the description useless; it is dropped otherwise
 * @param reprint the value as it is printed, from the value that came; empty when it is malformed
 */
record AttributeForm(int most, boolean essential, Function<String, Optional<String>> reprint) {
  /** An attribute without a value, such as {@code rtcp-mux}. */
  static AttributeForm flag() {
    return new AttributeForm(
        1, false, value -> value.isBlank() ? Optional.of("") : Optional.empty());
  }

  /** One or more words of which the whole, with one space between two, matches. */
  static AttributeForm words(int most, String pattern) {
    Pattern whole = Pattern.compile(pattern);
    return new AttributeForm(
        most,
        false,
        value -> Optional.of(joined(value)).filter(text -> whole.matcher(text).matches()));
  }

  AttributeForm required() {
    return new AttributeForm(most, true, reprint);
  }

  /** The same, its value printed in another way once it is read. */
  AttributeForm then(Function<String, Optional<String>> print) {
    return new AttributeForm(most, essential, value -> reprint.apply(value).flatMap(print));
  }

  static List<String> split(String value) {
    return List.of(value.strip().split("[ \t]+", -1));
  }

  private static String joined(String value) {
    return String.join(" ", split(value));
  }
}
