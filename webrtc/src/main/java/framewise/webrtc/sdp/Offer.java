package framewise.webrtc.sdp;

import framewise.media.network.AddressRule;
import framewise.webrtc.sdp.SdpRefusedException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A remote peer's offer, reduced to the one video to receive. */
public final class Offer {
  private static final List<String> OF_MEDIA_IN_USE =
      List.of("a=ssrc:", "a=ssrc-group:", "a=msid:", "a=rid:", "a=simulcast:");

  private Offer() {}

  /**
   * An offer of a peer that negotiates in steps: the first may have no video, and later ones may
   * add, replace and end it.
   *
   * @param description with all media but the wanted video inactive
   * @param video the section of the video to receive; empty while there is none
   * @param others sections of further video that the other side would send, which is not received
   */
  public record Step(
      SessionDescription description, Optional<MediaSection> video, List<MediaSection> others) {
    public Step {
      others = List.copyOf(others);
    }
  }

  /**
   * Parses an offer: keeps the first video that the other side sends and sets every other audio and
   * video to inactive (so that it is not decoded, but a transport shared with it survives).
   * Addresses that browsers hide behind {@code *.local} names, and those that {@code candidates}
   * refuses, are not tried. Such a peer still connects: it sends to our candidates, which reveals
   * its address.
   *
   * @param candidates which addresses of the offer may be tried
   * @throws SdpRefusedException when it is too large, malformed, or sends no video
   */
  public static SessionDescription read(String text, AddressRule candidates)
      throws SdpRefusedException {
    SessionDescription offer = RemoteDescription.read(text, candidates);
    Step read = reduced(offer);
    if (read.video().isEmpty()) {
      throw noVideo(offer);
    }
    Transport.require(read.description());
    return read.description();
  }

  /**
   * Parses an offer like {@link #read}, but accepts one without video.
   *
   * @throws SdpRefusedException when it is too large or malformed
   */
  public static Step step(String text, AddressRule candidates) throws SdpRefusedException {
    SessionDescription offer = RemoteDescription.read(text, candidates);
    Step read = reduced(offer);
    Transport.require(read.description());
    return read;
  }

  private static Step reduced(SessionDescription offer) {
    List<MediaSection> sections = new ArrayList<>();
    List<MediaSection> others = new ArrayList<>();
    Optional<MediaSection> video = Optional.empty();
    for (MediaSection section : offer.media()) {
      boolean offered = section.isVideo() && section.isOn() && sends(section);
      boolean wanted = offered && video.isEmpty();
      if (wanted) {
        video = Optional.of(section);
      } else if (offered) {
        others.add(section);
      }
      boolean idle = !wanted && (section.isVideo() || section.kind().equals("audio"));
      sections.add(idle ? idle(section) : section);
    }
    return new Step(new SessionDescription(offer.session(), sections), video, others);
  }

  /**
   * Checks that our answer receives video.
   *
   * @throws SdpRefusedException when the offer's video has no codec that is known here
   */
  public static void requireTaken(SessionDescription answer, SessionDescription offer)
      throws SdpRefusedException {
    boolean taken =
        answer.media().stream()
            .anyMatch(one -> one.isVideo() && one.isOn() && one.direction().equals("recvonly"));
    if (taken) {
      return;
    }
    String offered =
        offer.media().stream()
            .filter(MediaSection::isVideo)
            .flatMap(
                video -> video.formats().stream().flatMap(format -> video.codec(format).stream()))
            .distinct()
            .collect(Collectors.joining(", "));
    throw new SdpRefusedException(
        Reason.NO_CODEC,
        "The offer's video has no supported codec: it offers %s. Offer VP8 or H264."
            .formatted(offered.isEmpty() ? "none" : offered));
  }

  /** Removes what only active media needs. */
  private static MediaSection idle(MediaSection section) {
    return section
        .withDirection("inactive")
        .without(line -> OF_MEDIA_IN_USE.stream().anyMatch(line::startsWith));
  }

  private static boolean sends(MediaSection section) {
    return section.direction().equals("sendrecv") || section.direction().equals("sendonly");
  }

  private static SdpRefusedException noVideo(SessionDescription offer) {
    String why =
        offer
            .video()
            .map(
                video ->
                    "Its video section is " + video.direction() + ", so it would send nothing.")
            .orElse("It has no video section.");
    return new SdpRefusedException(
        Reason.NO_VIDEO,
        "The offer has no video to send. "
            + why
            + " Add a video track with direction sendonly or sendrecv.");
  }
}
