package framewise.webrtc.sdp;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A session description in lines: those of the session, then those of each media section, in their
 * order. Descriptions of others are read with {@link RemoteDescription}, which keeps only lines
 * that it printed itself.
 *
 * @param session the lines before the first {@code m=}, the first of them {@code v=0}
 * @param media the media sections in order, at most {@link #MAX_MEDIA}
 */
public record SessionDescription(List<String> session, List<MediaSection> media) {
  /** The most that is taken from outside, in bytes of UTF-8. Chromium's offers have 2 to 12 kB. */
  public static final int MAX_BYTES = 256 << 10;

  /** The most lines; Chromium's offers have 100 to 400. */
  public static final int MAX_LINES = 4_096;

  /** The most characters of a line; the longest in use, parameter sets of H.265, have some 700. */
  public static final int MAX_LINE = 4_096;

  /** The most media sections that are taken from outside. LiveKit's clients send up to ten. */
  public static final int MAX_MEDIA = 32;

  public SessionDescription {
    session = List.copyOf(session);
    media = List.copyOf(media);
  }

  /**
   * Reads a description of our own. Lines may end in CRLF or LF; beyond its {@code x=} form each
   * line is kept as it is.
   *
   * @throws SdpRefusedException too large, or no session description
   */
  public static SessionDescription parse(String text) throws SdpRefusedException {
    return SdpReader.read(text, (number, line) -> Optional.of(line));
  }

  /** The first section of video that has not been turned off with port 0. */
  public Optional<MediaSection> video() {
    return media.stream().filter(section -> section.isVideo() && section.isOn()).findFirst();
  }

  /** The same description, each media section put through {@code change}. */
  public SessionDescription mapMedia(UnaryOperator<MediaSection> change) {
    return new SessionDescription(session, media.stream().map(change).toList());
  }

  /** As it goes over the wire, each line ended by CRLF. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    session.forEach(line -> text.append(line).append("\r\n"));
    media.forEach(section -> section.lines().forEach(line -> text.append(line).append("\r\n")));
    return text.toString();
  }
}
