package framewise.server.v1beta.stream;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a client publishes into a stream, and what the API returns for it. */
enum Ingest {
  /** With one of LiveKit's clients: a WebSocket URL and a token. */
  LIVEKIT,
  /** Over WHIP: a URL, and the API key as the token. */
  WHIP;

  static Optional<Ingest> ofWireName(String text) {
    return Arrays.stream(values()).filter(one -> one.wireName().equals(text)).findFirst();
  }

  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
