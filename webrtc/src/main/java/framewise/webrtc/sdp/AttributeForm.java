package framewise.webrtc.sdp;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * How to parse and reprint one attribute of a remote description.
 *
 * @param most maximum per section; if 1, further ones are dropped, otherwise they make the
 *     description too large
 * @param essential whether a malformed one makes the description useless; otherwise it is dropped
 * @param reprint parses a value and returns it in its printed form; empty when it is malformed
 */
record AttributeForm(int most, boolean essential, Function<String, Optional<String>> reprint) {
  /** An attribute without a value, such as {@code rtcp-mux}. */
  static AttributeForm flag() {
    return new AttributeForm(
        1, false, value -> value.isBlank() ? Optional.of("") : Optional.empty());
  }

  /** One or more words, separated by single spaces, that match as a whole. */
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

  /** A copy that also converts the parsed value. */
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
