package framewise.server.api;

import framewise.media.network.BadUrlException;
import framewise.media.network.VideoUrl;
import framewise.server.http.Fields;
import java.util.Optional;

/**
 * What {@code POST /sessions} is asked for.
 *
 * @param name what the session is called, without the secrets of URLs in it
 */
record UrlRequest(VideoUrl url, String name) {
  /**
   * Reads all fields.
   *
   * @throws framewise.engine.RefusedException naming every bad one
   */
  static UrlRequest read(Fields fields) {
    Optional<VideoUrl> url = fields.requiredString("url").flatMap(text -> parse(fields, text));
    Optional<String> name = SessionName.read(fields);
    fields.requireSound();
    VideoUrl place = url.orElseThrow();
    String shown = name.orElseGet(place::toString);
    return new UrlRequest(place, shortened(shown));
  }

  private static Optional<VideoUrl> parse(Fields fields, String text) {
    try {
      return Optional.of(VideoUrl.parse(text));
    } catch (BadUrlException e) {
      fields.add("url", String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private static String shortened(String text) {
    return text.length() <= SessionName.LONGEST
        ? text
        : text.substring(0, SessionName.LONGEST - 3) + "...";
  }
}
