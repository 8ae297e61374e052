package framewise.webrtc.sdp;

import framewise.media.network.AddressRule;
import framewise.webrtc.sdp.SdpRefusedException.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A remote peer's offer, reduced to the one video to receive. */
public final class Offer {
  private static final List<String> OF_MEDIA_IN_USE =
      List.of("a=extmap:", "a=ssrc:", "a=ssrc-group:", "a=msid:", "a=rid:", "a=simulcast:");

  private Offer() {}

  /**
   * Parses an offer for WebRTC: keeps the first video that the other side sends and sets every
   * other audio and video to inactive (so that it is not decoded, but a transport shared with it
   * survives); {@link #withWholeSsrcGroups} repairs the rest. Addresses that browsers hide behind
   * {@code *.local} names, and those that {@code candidates} refuses, are not tried. Such a peer
   * still connects: it sends to our candidates, which reveals its address.
   *
   * @param candidates which addresses of the offer may be tried
   * @throws SdpRefusedException when it is too large, malformed, or sends no video
   */
  public static SessionDescription read(String text, AddressRule candidates)
      throws SdpRefusedException {
    SessionDescription offer = RemoteDescription.read(text, candidates);
    List<MediaSection> sections = new ArrayList<>();
    boolean found = false;
    for (MediaSection section : offer.media()) {
      boolean wanted = !found && section.isVideo() && section.isOn() && sends(section);
      boolean idle = !wanted && (section.isVideo() || section.kind().equals("audio"));
      found |= wanted;
      sections.add(idle ? idle(section) : withWholeSsrcGroups(section));
    }
    if (!found) {
      throw noVideo(offer);
    }
    var read = new SessionDescription(offer.session(), sections);
    Transport.require(read);
    return read;
  }

  /**
   * Removes what only active media needs: the library refuses an offer whose sections use a header
   * extension's id or a source twice, even in inactive sections.
   */
  private static MediaSection idle(MediaSection section) {
    return section
        .withDirection("inactive")
        .without(line -> OF_MEDIA_IN_USE.stream().anyMatch(line::startsWith));
  }

  /**
   * Removes groups of SSRCs with an undeclared member. FFmpeg's WHIP muxer writes {@code
   * a=ssrc-group:FID a b} and declares only {@code a}; libwebrtc refuses the whole offer.
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
