package framewise.webrtc.sdp;

import framewise.webrtc.sdp.SdpRefusedException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Splits a description into sections and enforces limits on size, lines and sections. */
final class SdpReader {
  /** Decides which lines to keep. */
  interface LineRule {
    /**
     * The line to keep; empty to drop it.
     *
     * @param number line number from 1
     * @throws SdpRefusedException when this line makes the description unusable
     */
    Optional<String> apply(int number, String line) throws SdpRefusedException;
  }

  private SdpReader() {}

  /**
   * Parses a description. Lines may end in CRLF or LF.
   *
   * @throws SdpRefusedException when it is too large or no session description
   */
  static SessionDescription read(String text, LineRule rule) throws SdpRefusedException {
    requireSize(text);
    List<String> session = new ArrayList<>();
    List<MediaSection> media = new ArrayList<>();
    List<String> current = session;
    boolean inMedia = false;
    int number = 0;
    boolean first = true;
    for (String line : text.lines().limit(SessionDescription.MAX_LINES + 1L).toList()) {
      number++;
      if (number > SessionDescription.MAX_LINES) {
        throw tooLarge("has more than %d lines".formatted(SessionDescription.MAX_LINES));
      }
      if (line.isBlank()) {
        continue;
      }
      requireLine(line, number);
      if (first && !line.equals("v=0")) {
        throw malformed("It must begin with the line v=0.");
      }
      first = false;
      Optional<String> kept = rule.apply(number, line);
      if (line.startsWith("m=")) {
        if (inMedia) {
          media.add(new MediaSection(current));
        }
        inMedia = true;
        if (media.size() >= SessionDescription.MAX_MEDIA_SECTIONS) {
          throw tooLarge(
              "has more than %d media sections".formatted(SessionDescription.MAX_MEDIA_SECTIONS));
        }
        current = new ArrayList<>();
      }
      kept.ifPresent(current::add);
    }
    if (inMedia) {
      media.add(new MediaSection(current));
    }
    if (first) {
      throw malformed("It must begin with the line v=0.");
    }
    return new SessionDescription(session, media);
  }

  static SdpRefusedException malformed(String why) {
    return new SdpRefusedException(
        Reason.MALFORMED,
        "This is not a valid session description. "
            + why
            + " Send the text of RTCPeerConnection.localDescription.sdp as it is.");
  }

  static SdpRefusedException tooLarge(String what) {
    return new SdpRefusedException(
        Reason.TOO_LARGE, "The session description %s. Send a single video track.".formatted(what));
  }

  private static void requireSize(String text) throws SdpRefusedException {
    // A char is at least one byte, so this cheap test avoids encoding text that is far too long.
    int most = SessionDescription.MAX_BYTES;
    if (text.length() > most || text.getBytes(StandardCharsets.UTF_8).length > most) {
      throw tooLarge("is larger than %d kB".formatted(most >> 10));
    }
  }

  private static void requireLine(String line, int number) throws SdpRefusedException {
    if (line.length() > SessionDescription.MAX_LINE_LENGTH) {
      throw tooLarge(
          "has more than %d characters in line %d"
              .formatted(SessionDescription.MAX_LINE_LENGTH, number));
    }
    if (line.length() < 2
        || line.charAt(0) < 'a'
        || line.charAt(0) > 'z'
        || line.charAt(1) != '=') {
      throw malformed("Line %d is not of the form x=value.".formatted(number));
    }
    // Native code reads the line as a C string: a NUL would hide the rest.
    if (line.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7f)) {
      throw malformed("Line %d has a control character.".formatted(number));
    }
    if (line.startsWith("m=") && !MediaSection.isMediaLine(line)) {
      throw malformed("Line %d is not m=media port protocol formats.".formatted(number));
    }
  }
}
