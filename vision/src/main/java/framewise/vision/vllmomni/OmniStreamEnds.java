package framewise.vision.vllmomni;

import framewise.vision.StreamEnd;
import framewise.vision.StreamEnd.Cure;
import framewise.vision.chat.Access;
import framewise.vision.chat.wire.SecretRedactor;
import java.net.URI;
import java.net.http.WebSocketHandshakeException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Why sessions are refused or end, as sentences for users. */
final class OmniStreamEnds {
  private static final String TITLE = VllmOmniBackend.PROVIDER.title();
  private static final String SETTING = VllmOmniBackend.PROVIDER.addressSetting();
  private static final int MAX_LENGTH = 300;

  private final SecretRedactor redactor;

  OmniStreamEnds(Access access) {
    this.redactor =
        new SecretRedactor(
            Stream.of(
                    access.baseUrl().map(URI::getRawUserInfo),
                    access.baseUrl().map(URI::getUserInfo))
                .flatMap(java.util.Optional::stream)
                .toList());
  }

  /** A handshake that failed. */
  StreamEnd refused(@Nullable Throwable failure) {
    if (failure instanceof WebSocketHandshakeException e) {
      int status = e.getResponse().statusCode();
      return switch (status) {
        case 401, 403 ->
            end(
                "unauthorized",
                "it refused access (HTTP %d): it must run without --api-key.".formatted(status),
                Cure.NONE);
        case 404, 405 ->
            end(
                "wrong_address",
                "it has no /video/chat/stream (HTTP %d): check %s, and start it with --omni."
                    .formatted(status, SETTING),
                Cure.NONE);
        default ->
            end(
                "refused",
                "it refused the connection (HTTP %d).".formatted(status),
                Cure.NEW_STREAM);
      };
    }
    return end(
        "unreachable",
        "it cannot be reached: check %s and the network.".formatted(SETTING),
        Cure.NEW_STREAM);
  }

  /** A configuration that the server refused. */
  StreamEnd unwanted(String message) {
    return end("refused", "it refused the session: " + said(message) + ".", Cure.NONE);
  }

  StreamEnd late(long seconds) {
    return end(
        "timed_out",
        "it did not accept the session within %d s.".formatted(seconds),
        Cure.NEW_STREAM);
  }

  /**
   * A session that ended.
   *
   * @param why a phrase
   */
  StreamEnd lost(String why) {
    return end("connection_lost", said(why) + ".", Cure.NEW_STREAM);
  }

  /** A failed answer. */
  String failed(String message) {
    return "%s: %s.".formatted(TITLE, said(message));
  }

  /** Text of the server without secrets, control characters and excess length. */
  private String said(String text) {
    String line = redactor.in(text).replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    String cut = line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "…";
    return cut.replaceAll("\\.+$", "");
  }

  private static StreamEnd end(String code, String sentence, Cure cure) {
    return new StreamEnd(code, TITLE + ": " + sentence, cure);
  }
}
