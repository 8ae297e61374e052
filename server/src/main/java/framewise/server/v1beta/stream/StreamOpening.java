package framewise.server.v1beta.stream;

import framewise.engine.keep.KeepSettings;
import framewise.media.network.BadUrlException;
import framewise.media.network.VideoUrl;
import framewise.server.api.request.KeepField;
import framewise.server.http.Fields;
import java.util.Optional;

/**
 * Request of {@code POST /streams}.
 *
 * @param type {@code rtsp} or {@code hls}; empty, like {@code url}, where a client publishes
 * @param ingest how the client publishes where there is no source
 * @param keep how much is kept; empty for the default
 */
record StreamOpening(
    Optional<String> type, Optional<VideoUrl> url, Ingest ingest, Optional<KeepSettings> keep) {
  /**
   * Reads all fields.
   *
   * @param usual default for {@code keep}
   * @throws framewise.engine.RefusedException listing every invalid field
   */
  static StreamOpening read(Fields fields, KeepSettings usual) {
    Optional<String> publish = fields.string("publish");
    Optional<Ingest> ingest = publish.flatMap(Ingest::ofWireName);
    if (publish.isPresent() && ingest.isEmpty()) {
      fields.add("publish", "publish must be livekit, which is the default, or whip");
    }
    Optional<KeepSettings> keep = KeepField.read(fields, usual);
    Optional<Fields> source = fields.fields("source");
    Optional<String> type = source.flatMap(one -> one.requiredString("type"));
    Optional<VideoUrl> url =
        source.flatMap(
            one -> one.requiredString("url").flatMap(text -> url(one, type.orElse(""), text)));
    if (type.filter(name -> !name.equals("rtsp") && !name.equals("hls")).isPresent()) {
      source.orElseThrow().add("type", "type must be rtsp or hls");
    }
    if (source.isPresent() && publish.isPresent()) {
      fields.add("publish", "publish and source exclude each other: leave one out");
    }
    fields.requireSound();
    return new StreamOpening(type, url, ingest.orElse(Ingest.LIVEKIT), keep);
  }

  private static Optional<VideoUrl> url(Fields source, String type, String text) {
    try {
      VideoUrl url = VideoUrl.parse(text);
      if (type.equals("rtsp") && !url.isRtsp()) {
        source.add("url", "url must begin with rtsp:// or rtsps://");
      }
      if (type.equals("hls") && url.isRtsp()) {
        source.add("url", "url must begin with http:// or https://");
      }
      return Optional.of(url);
    } catch (BadUrlException e) {
      source.add("url", String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }
}
