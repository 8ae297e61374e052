package framewise.webrtc.sdp;

import framewise.webrtc.sdp.SdpRefusedException.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** An offer from outside, made into one that asks for what we give: to take one video. */
public final class Offer {
  private Offer() {}

  /**
   * Reads an offer and settles what WebRTC shall see of it: the first video that the other side
   * sends stays, every other sound and video is set inactive (so that it is neither decoded nor
   * kept open, yet a transport that is shared with it lives on), names are taken out of the
   * candidates, and {@link #withWholeSsrcGroups} mends the rest.
   *
   * @throws SdpRefusedException too large, not a description, or without video that is sent to us
   */
  public static SessionDescription read(String text) throws SdpRefusedException {
    SessionDescription offer = SessionDescription.parse(text);
    List<MediaSection> sections = new ArrayList<>();
    boolean found = false;
    for (MediaSection section : offer.media()) {
      boolean wanted = !found && section.isVideo() && section.isOn() && sends(section);
      boolean idle = !wanted && (section.isVideo() || section.kind().equals("audio"));
      found |= wanted;
      sections.add(
          withAddressesOnly(
              withWholeSsrcGroups(idle ? section.withDirection("inactive") : section)));
    }
    if (!found) {
      throw noVideo(offer);
    }
    return new SessionDescription(offer.session(), sections);
  }

  /**
   * Without groups of SSRCs of which one is declared nowhere. FFmpeg's WHIP muxer writes {@code
   * a=ssrc-group:FID a b} and declares only {@code a}; libwebrtc refuses such an offer whole.
   */
  static MediaSection withWholeSsrcGroups(MediaSection section) {
    Set<String> declared =
        section
            .attributes("ssrc")
            .map(value -> value.split(" ", 2)[0])
            .collect(Collectors.toUnmodifiableSet());
    return section.without(
        line -> {
          if (!line.startsWith("a=ssrc-group:")) {
            return false;
          }
          String[] words = line.strip().split(" +");
          return Arrays.stream(words).skip(1).anyMatch(word -> !declared.contains(word));
        });
  }

  /**
   * Without candidates that are names. Browsers hide addresses behind {@code *.local} names that
   * only their own network resolves, and a name of somebody's choice is not looked up from here.
   * Such a peer still connects: it sends to our candidates and becomes known by the address it
   * sends from.
   */
  static MediaSection withAddressesOnly(MediaSection section) {
    return section.without(
        line ->
            Candidate.isCandidate(line)
                && Candidate.parse(line).flatMap(Candidate::literal).isEmpty());
  }

  private static boolean sends(MediaSection section) {
    return section.direction().equals("sendrecv") || section.direction().equals("sendonly");
  }

  private static SdpRefusedException noVideo(SessionDescription offer) {
    String why =
        offer
            .video()
            .map(video -> "Its video is " + video.direction() + ": nothing would be sent.")
            .orElse("It has no video section.");
    return new SdpRefusedException(
        Reason.NO_VIDEO,
        "The offer brings no video. "
            + why
            + " Add a video track with direction sendonly or sendrecv.");
  }
}
