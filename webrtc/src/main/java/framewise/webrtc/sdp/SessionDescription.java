package framewise.webrtc.sdp;

import framewise.webrtc.sdp.SdpRefusedException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A session description in lines: those of the session, then those of each media section. Lines
 * keep their order and their text, so that nothing is lost of what is not understood here.
 *
 * @param session the lines before the first {@code m=}, the first of them {@code v=0}
 * @param media the media sections in order, at most {@link #MAX_MEDIA}
 */
public record SessionDescription(List<String> session, List<MediaSection> media) {
  /** The most that is taken from outside, in bytes of UTF-8. Chromium's offers have 2 to 12 kB. */
  public static final int MAX_BYTES = 256 << 10;

  /** The most media sections that are taken from outside. */
  public static final int MAX_MEDIA = 32;

  public SessionDescription {
    session = List.copyOf(session);
    media = List.copyOf(media);
  }

  /**
   * Reads a description from outside. Lines may end in CRLF or LF; what each line means is not
   * looked at beyond its {@code x=} form.
   *
   * @throws SdpRefusedException too large, or no session description
   */
  public static SessionDescription parse(String text) throws SdpRefusedException {
    // A char is at least a byte: the cheap test first, so that nothing is encoded that is far too
    // long.
    if (text.length() > MAX_BYTES || text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw new SdpRefusedException(
          Reason.TOO_LARGE,
          "The session description is larger than %d kB. Send one of a single video track."
              .formatted(MAX_BYTES >> 10));
    }
    List<String> session = new ArrayList<>();
    List<MediaSection> media = new ArrayList<>();
    List<String> current = session;
    boolean inMedia = false;
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      requireLine(line, number);
      if (line.startsWith("m=")) {
        if (inMedia) {
          media.add(new MediaSection(current));
        }
        inMedia = true;
        current = new ArrayList<>();
      }
      current.add(line);
    }
    if (inMedia) {
      media.add(new MediaSection(current));
    }
    if (session.isEmpty() || !session.getFirst().equals("v=0")) {
      throw malformed("It must begin with the line v=0.");
    }
    if (media.size() > MAX_MEDIA) {
      throw new SdpRefusedException(
          Reason.TOO_LARGE,
          "The session description has %d media sections, at most %d are allowed. Send a single video track."
              .formatted(media.size(), MAX_MEDIA));
    }
    return new SessionDescription(session, media);
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

  private static void requireLine(String line, int number) throws SdpRefusedException {
    if (line.length() < 2
        || line.charAt(0) < 'a'
        || line.charAt(0) > 'z'
        || line.charAt(1) != '=') {
      throw malformed("Line %d is not of the form x=value.".formatted(number));
    }
    // Native code reads it as a C string later: a NUL would hide the rest from it.
    if (line.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7f)) {
      throw malformed("Line %d holds a control character.".formatted(number));
    }
    if (line.startsWith("m=") && !MediaSection.isMediaLine(line)) {
      throw malformed("Line %d is not m=media port protocol formats.".formatted(number));
    }
  }

  private static SdpRefusedException malformed(String why) {
    return new SdpRefusedException(
        Reason.MALFORMED,
        "This is not a session description that WebRTC understands. "
            + why
            + " Send the text of RTCPeerConnection.localDescription.sdp as it is.");
  }
}
