package framewise.media.live;

import framewise.media.network.BadUrlException;
import framewise.media.network.VideoUrl;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** An HLS playlist (RFC 8216), as far as Framewise parses it itself. */
record Playlist(String text) {
  static final String BEGINNING = "#EXTM3U";
  static final int MAX_BYTES = 4 << 20;

  private static final Pattern SEQUENCE = Pattern.compile("#EXT-X-MEDIA-SEQUENCE:(\\d+)");
  private static final Pattern PLACE = Pattern.compile("URI=\"([^\"]*)\"");

  /** Whether a file with this start is a playlist. */
  static boolean isOne(byte[] start, int length) {
    String text = new String(start, 0, Math.min(length, 16), StandardCharsets.UTF_8);
    return text.replace("\uFEFF", "").startsWith(BEGINNING);
  }

  /** Whether segments will be added; empty for a playlist that lists playlists only. */
  Optional<Boolean> isLive() {
    return text.contains("#EXTINF") || text.contains("#EXT-X-TARGETDURATION")
        ? Optional.of(!text.contains("#EXT-X-ENDLIST"))
        : Optional.empty();
  }

  /** A text that identifies the playlist's end; it changes when a segment is added. */
  String end() {
    Matcher sequence = SEQUENCE.matcher(text);
    List<String> segments =
        text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    return "%s+%d %s"
        .formatted(
            sequence.find() ? sequence.group(1) : "0",
            segments.size(),
            segments.isEmpty() ? "" : segments.getLast());
  }

  /** A copy with every relative URL made absolute, because FFmpeg does not know about redirects. */
  Playlist at(VideoUrl url) {
    return new Playlist(
        text.lines().map(line -> whole(line, url)).collect(Collectors.joining("\n", "", "\n")));
  }

  byte[] bytes() {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String whole(String line, VideoUrl url) {
    if (!line.startsWith("#")) {
      return line.isBlank() ? line : place(line.strip(), url);
    }
    Matcher uri = PLACE.matcher(line);
    return uri.find()
        ? line.substring(0, uri.start(1)) + place(uri.group(1), url) + line.substring(uri.end(1))
        : line;
  }

  /** A URL that cannot be made absolute stays, and is refused when FFmpeg opens it. */
  private static String place(String text, VideoUrl url) {
    try {
      return url.resolve(text).plain();
    } catch (BadUrlException notAUrl) {
      return text;
    }
  }
}
