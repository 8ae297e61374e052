package framewise.server.api.request;

import framewise.engine.keep.KeepSettings;
import framewise.media.network.BadUrlException;
import framewise.media.network.VideoUrl;
import framewise.server.http.Fields;
import java.util.Optional;

/**
 * Body of {@code POST /sessions}.
 *
 * @param name display name of the session, without secrets of URLs
 * @param keep how much of its video is kept; empty for the default
 */
public record UrlRequest(VideoUrl url, String name, Optional<KeepSettings> keep) {
  /**
   * Reads all fields.
   *
   * @param usual default for {@code keep}
   * @throws framewise.engine.RefusedException listing every invalid field
   */
  public static UrlRequest read(Fields fields, KeepSettings usual) {
    Optional<VideoUrl> url = fields.requiredString("url").flatMap(text -> parse(fields, text));
    Optional<String> name = SessionName.read(fields);
    Optional<KeepSettings> keep = KeepField.read(fields, usual);
    fields.requireSound();
    VideoUrl place = url.orElseThrow();
    String shown = name.orElseGet(place::toString);
    return new UrlRequest(place, shortened(shown), keep);
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
    return text.length() <= SessionName.MAX_LENGTH
        ? text
        : text.substring(0, SessionName.MAX_LENGTH - 3) + "...";
  }
}
