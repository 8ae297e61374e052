package framewise.server.overshoot;

import framewise.engine.ShownText;
import java.util.Optional;

/** Name of a stream in the console. */
final class StreamName {
  static final int LONGEST_REQUEST_ID = 80;

  private static final String NAME = "Overshoot stream";

  private StreamName() {}

  /**
   * @param requestId the client's own name for it; unprintable characters are removed, and long
   *     names are cut
   */
  static String of(Optional<String> requestId) {
    return requestId
        .map(id -> ShownText.of(id, LONGEST_REQUEST_ID))
        .filter(id -> !id.isEmpty())
        .map(id -> NAME + " " + id)
        .orElse(NAME);
  }
}
