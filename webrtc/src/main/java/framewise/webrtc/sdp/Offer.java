package framewise.webrtc.sdp;

import framewise.media.network.AddressRule;
import framewise.webrtc.sdp.SdpRefusedException.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** An offer from outside, made into one that asks for what we give: to take one video. */
public final class Offer {
  private static final List<String> OF_MEDIA_IN_USE =
      List.of("a=extmap:", "a=ssrc:", "a=ssrc-group:", "a=msid:", "a=rid:", "a=simulcast:");

  private Offer() {}

  /**
   * Reads an offer and settles what WebRTC shall see of it: the first video that the other side
   * sends stays, every other sound and video is set inactive (so that it is neither decoded nor
   * kept open, yet a transport that is shared with it lives on), and {@link #withWholeSsrcGroups}
   * mends the rest. Browsers hide addresses behind {@code *.local} names, and others are not tried
   * where {@code candidates} refuses them: such a peer still connects, for it sends to our
   * candidates and becomes known by the address it sends from.
   *
   * @param candidates which addresses of the offer may be tried
   * @throws SdpRefusedException too large, not a description, or without video that is sent to us
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
   * Without what only media in use needs: the library refuses an offer whose sections use one
   * header extension's id, or one source, for two things, although nothing flows in this one.
   */
  private static MediaSection idle(MediaSection section) {
    return section
        .withDirection("inactive")
        .without(line -> OF_MEDIA_IN_USE.stream().anyMatch(line::startsWith));
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
