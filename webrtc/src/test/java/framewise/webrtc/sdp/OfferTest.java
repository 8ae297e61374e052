package framewise.webrtc.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import framewise.webrtc.sdp.SdpRefusedException.Reason;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class OfferTest {
  @Provide
  Arbitrary<SessionDescription> offers() {
    return Descriptions.withVideo();
  }

  @Property
  void oneVideoIsLeftInUse(@ForAll("offers") SessionDescription offer) throws SdpRefusedException {
    SessionDescription read = Offer.read(offer.toString());
    assertThat(read.media()).hasSameSizeAs(offer.media());
    assertThat(
            read.media().stream()
                .filter(section -> section.isVideo() || section.kind().equals("audio"))
                .filter(section -> !section.direction().equals("inactive")))
        .singleElement()
        .satisfies(
            video -> {
              assertThat(video.isVideo()).isTrue();
              assertThat(video.isOn()).isTrue();
              assertThat(video.direction()).isIn("sendrecv", "sendonly");
            });
  }

  @Property
  void noNameIsLeftInTheCandidatesAndNoAddressIsLost(@ForAll("offers") SessionDescription offer)
      throws SdpRefusedException {
    SessionDescription read = Offer.read(offer.toString());
    for (int i = 0; i < offer.media().size(); i++) {
      List<String> wanted =
          lines(offer, i).stream()
              .filter(line -> Candidate.parse(line).flatMap(Candidate::literal).isPresent())
              .toList();
      assertThat(lines(read, i).stream().filter(Candidate::isCandidate)).isEqualTo(wanted);
    }
  }

  @Property
  void everySsrcOfAGroupIsDeclared(@ForAll("offers") SessionDescription offer)
      throws SdpRefusedException {
    for (MediaSection section : Offer.read(offer.toString()).media()) {
      List<String> declared =
          section.attributes("ssrc").map(value -> value.split(" ", 2)[0]).toList();
      section
          .attributes("ssrc-group")
          .forEach(
              group ->
                  assertThat(declared).contains(group.split(" ", -1)[1], group.split(" ", -1)[2]));
    }
  }

  @Property
  void readingTwiceChangesNothingMore(@ForAll("offers") SessionDescription offer)
      throws SdpRefusedException {
    SessionDescription once = Offer.read(offer.toString());
    assertThat(Offer.read(once.toString())).isEqualTo(once);
  }

  @Test
  void theGroupOfFfmpegsMuxerGoesAndAWholeOneStays() throws SdpRefusedException {
    String start = "v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 106 105\r\na=sendonly\r\n";
    String half = start + "a=ssrc-group:FID 1 2\r\na=ssrc:1 cname:FFmpeg\r\n";
    String whole = half + "a=ssrc:2 cname:FFmpeg\r\n";
    assertThat(Offer.read(half).toString()).doesNotContain("ssrc-group").contains("a=ssrc:1 ");
    assertThat(Offer.read(whole).toString()).contains("a=ssrc-group:FID 1 2");
  }

  @Test
  void anOfferWithoutVideoForUsIsRefusedWithTheReason() {
    assertNoVideo("v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n", "no video section");
    assertNoVideo("v=0\r\nm=video 0 UDP/TLS/RTP/SAVPF 96\r\n", "no video section");
    assertNoVideo("v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=recvonly\r\n", "is recvonly");
  }

  private static void assertNoVideo(String offer, String why) {
    assertThatExceptionOfType(SdpRefusedException.class)
        .isThrownBy(() -> Offer.read(offer))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.NO_VIDEO))
        .satisfies(e -> assertThat(e.reason().code()).isEqualTo("sdp_no_video"))
        .withMessageContaining(why)
        .withMessageContaining("Add a video track");
  }

  private static List<String> lines(SessionDescription description, int section) {
    return description.media().get(section).lines();
  }
}
