package framewise.media.rtsp;

import framewise.media.network.BadUrlException;
import framewise.media.network.MessageHead;
import framewise.media.network.UrlFault;
import framewise.media.network.UrlFault.Kind;
import framewise.media.network.VideoUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first video stream in a camera's description (SDP, RFC 8866), without sound and the rest.
 *
 * @param sdp describes this stream only
 * @param control the URL that sets it up
 * @param aggregate the URL that plays it
 * @param finite whether it is a recording that ends
 */
record VideoOffer(String sdp, String control, String aggregate, boolean finite) {
  private static final Pattern END =
      Pattern.compile("range:\\s*npt\\s*=\\s*[0-9.]+\\s*-\\s*([0-9.]+)");

  /**
   * Parses a description.
   *
   * @param asked the URL of the request
   */
  static VideoOffer read(String description, VideoUrl asked, MessageHead reply) throws UrlFault {
    List<String> common = new ArrayList<>();
    List<String> video = new ArrayList<>();
    List<String> into = common;
    for (String line : description.lines().toList()) {
      if (line.startsWith("m=")) {
        boolean first = line.startsWith("m=video ") && video.isEmpty();
        into = first ? video : new ArrayList<>();
      }
      into.add(line.strip());
    }
    if (video.isEmpty()) {
      throw new UrlFault(Kind.NO_VIDEO, "The camera's stream has no video.");
    }
    VideoUrl base = base(asked, reply);
    Optional<String> all = control(common).filter(place -> !place.equals("*"));
    VideoUrl aggregate = all.isEmpty() ? base : at(base, all.get());
    VideoUrl control = control(video).map(place -> at(aggregate, place)).orElse(aggregate);
    List<String> kept = new ArrayList<>();
    common.stream().filter(line -> !line.startsWith("a=control")).forEach(kept::add);
    video.stream().filter(line -> !line.startsWith("a=control")).forEach(kept::add);
    return new VideoOffer(
        String.join("\r\n", kept) + "\r\n",
        control.plain(),
        aggregate.plain(),
        kept.stream().anyMatch(VideoOffer::ends));
  }

  private static boolean ends(String line) {
    Matcher end = END.matcher(line);
    return end.find();
  }

  private static VideoUrl base(VideoUrl asked, MessageHead reply) {
    Optional<String> named =
        reply.header("content-base").or(() -> reply.header("content-location"));
    return named.filter(text -> !text.isBlank()).map(text -> whole(text, asked)).orElse(asked);
  }

  /**
   * Resolves a URL. Cameras mean a relative one to be below the base, whether that ends with a
   * slash or not.
   */
  private static VideoUrl at(VideoUrl base, String place) {
    if (place.equals("*")) {
      return base;
    }
    if (place.contains("://")) {
      return whole(place, base);
    }
    String target = base.target();
    String below =
        place.startsWith("?") || target.endsWith("/") ? target + place : target + "/" + place;
    return new VideoUrl(
        base.scheme(),
        base.host(),
        base.port(),
        place.startsWith("/") ? place : below,
        base.credentials());
  }

  private static VideoUrl whole(String text, VideoUrl other) {
    try {
      return text.contains("://") ? VideoUrl.parse(text) : at(other, text);
    } catch (BadUrlException notAUrl) {
      return other;
    }
  }

  private static Optional<String> control(List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith("a=control:"))
        .map(line -> line.substring("a=control:".length()).strip())
        .findFirst();
  }
}
