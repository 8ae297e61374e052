package framewise.webrtc.sdp;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A session description as lines: those of the session, then those of each media section, in order.
 * Remote descriptions go through {@link RemoteDescription}, which keeps only lines that it
 * reprinted.
 *
 * @param session the lines before the first {@code m=}, the first of them {@code v=0}
 * @param media the media sections in order, at most {@link #MAX_MEDIA_SECTIONS}
 */
public record SessionDescription(List<String> session, List<MediaSection> media) {
  /** Maximum size from outside, in bytes of UTF-8. Chromium's offers have 2 to 12 kB. */
  public static final int MAX_BYTES = 256 << 10;

  /** Maximum lines; Chromium's offers have 100 to 400. */
  public static final int MAX_LINES = 4_096;

  /** Maximum characters per line; the longest in use, parameter sets of H.265, have some 700. */
  public static final int MAX_LINE_LENGTH = 4_096;

  /** Maximum media sections from outside. LiveKit's clients send up to ten. */
  public static final int MAX_MEDIA_SECTIONS = 32;

  public SessionDescription {
    session = List.copyOf(session);
    media = List.copyOf(media);
  }

  /**
   * Parses a local description. Lines may end in CRLF or LF; each line must have the form {@code
   * x=} and is otherwise kept unchanged.
   *
   * @throws SdpRefusedException when it is too large or no session description
   */
  public static SessionDescription parse(String text) throws SdpRefusedException {
    return SdpReader.read(text, (number, line) -> Optional.of(line));
  }

  /** The first video section that is not disabled by port 0. */
  public Optional<MediaSection> video() {
    return media.stream().filter(section -> section.isVideo() && section.isOn()).findFirst();
  }

  /** A copy with {@code change} applied to each media section. */
  public SessionDescription mapMedia(UnaryOperator<MediaSection> change) {
    return new SessionDescription(session, media.stream().map(change).toList());
  }

  /** The wire format, each line ended by CRLF. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    session.forEach(line -> text.append(line).append("\r\n"));
    media.forEach(section -> section.lines().forEach(line -> text.append(line).append("\r\n")));
    return text.toString();
  }
}
