package framewise.server.overshoot;

import java.util.Optional;

/** What a stream is called in the console. */
final class StreamName {
  static final int LONGEST_REQUEST_ID = 80;

  private static final String NAME = "Overshoot stream";

  private StreamName() {}

  /**
   * @param requestId the client's own name for it; what does not print is left out of it, and what
   *     is too long is cut off
   */
  static String of(Optional<String> requestId) {
    return requestId
        .map(StreamName::shown)
        .filter(id -> !id.isEmpty())
        .map(id -> NAME + " " + id)
        .orElse(NAME);
  }

  private static String shown(String id) {
    return id.codePoints()
        .filter(StreamName::isShown)
        .limit(LONGEST_REQUEST_ID)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString()
        .strip();
  }

  private static boolean isShown(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
