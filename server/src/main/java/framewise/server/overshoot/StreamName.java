package framewise.server.overshoot;

import framewise.server.http.ShownText;
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
        .map(id -> ShownText.of(id, LONGEST_REQUEST_ID))
        .filter(id -> !id.isEmpty())
        .map(id -> NAME + " " + id)
        .orElse(NAME);
  }
}
