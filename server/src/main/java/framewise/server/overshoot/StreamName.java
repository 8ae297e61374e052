package framewise.server.overshoot;

import framewise.engine.ShownText;
import framewise.media.network.MaskedUrl;
import java.util.Optional;

/** Name of a stream in the console. */
final class StreamName {
  static final int MAX_REQUEST_ID_LENGTH = 80;

  private static final String NAME = "Overshoot stream";

  private StreamName() {}

  /**
   * @param requestId the client's own name for it; unprintable characters are removed, secrets of
   *     URLs masked, and long names cut
   */
  static String of(Optional<String> requestId) {
    return requestId
        .map(id -> ShownText.of(id, Integer.MAX_VALUE))
        .map(MaskedUrl::inText) // before it is cut, which may remove the end of a password
        .map(id -> ShownText.of(id, MAX_REQUEST_ID_LENGTH))
        .filter(id -> !id.isEmpty())
        .map(id -> NAME + " " + id)
        .orElse(NAME);
  }
}
