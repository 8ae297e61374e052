package framewise.webrtc.sdp;

import framewise.media.network.AllowedAddresses;
import framewise.webrtc.sdp.SdpRefusedException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A remote peer's answer to an offer to send video. */
public final class SdpAnswer {
  /**
   * The initial bandwidth estimate. libwebrtc starts at 300 kbit/s and skips the first pictures
   * until it trusts the line: at one picture per second the first one took four seconds.
   */
  static final int START_KILOBITS = 1500;

  private static final Set<String> VIDEO_CODECS = Set.of("VP8", "VP9", "H264", "H265", "AV1");
  private static final String START_RATE = "x-google-start-bitrate=";

  private SdpAnswer() {}

  /**
   * Parses an answer and adds the encoder's initial bit rate. Only candidates within {@link
   * AllowedAddresses#LAN} are tried: public and private addresses, never this machine's own,
   * link-local, metadata, multicast or broadcast addresses.
   *
   * @throws SdpRefusedException when it is too large, malformed, or rejects the video
   */
  public static SessionDescription read(String text) throws SdpRefusedException {
    SessionDescription answer = RemoteDescription.read(text, AllowedAddresses.LAN);
    boolean takes =
        answer
            .video()
            .map(MediaSection::direction)
            .filter(direction -> direction.equals("recvonly") || direction.equals("sendrecv"))
            .isPresent();
    if (!takes) {
      throw new SdpRefusedException(
          Reason.NO_VIDEO,
          "The answer does not accept the video: it must have one video section, recvonly"
              + " or sendrecv.");
    }
    Transport.require(answer);
    return answer.mapMedia(SdpAnswer::withStartRate);
  }

  /** A copy with the initial bit rate among the parameters of each video codec. */
  static MediaSection withStartRate(MediaSection section) {
    if (!section.isVideo()) {
      return section;
    }
    List<String> lines = new ArrayList<>(section.lines());
    for (String format : section.formats()) {
      Optional<String> codec = section.codec(format);
      if (codec.isEmpty() || !VIDEO_CODECS.contains(codec.get().toUpperCase(Locale.ROOT))) {
        continue;
      }
      int parameters = indexOf(lines, "a=fmtp:" + format + " ");
      if (parameters < 0) {
        // VP8 has no parameters, hence no such line.
        lines.add(
            indexOf(lines, "a=rtpmap:" + format + " ") + 1,
            "a=fmtp:" + format + " " + START_RATE + START_KILOBITS);
      } else if (!lines.get(parameters).contains(START_RATE)) {
        lines.set(parameters, lines.get(parameters) + ";" + START_RATE + START_KILOBITS);
      }
    }
    return new MediaSection(lines);
  }

  private static int indexOf(List<String> lines, String start) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith(start)) {
        return i;
      }
    }
    return -1;
  }
}
