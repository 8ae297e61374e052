package framewise.webrtc.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import framewise.media.network.AddressRule;
import framewise.webrtc.sdp.SdpRefusedException.Reason;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class OfferTest {
  private static final AddressRule ANY = address -> Optional.empty();

  @Provide
  Arbitrary<SessionDescription> offers() {
    return Descriptions.withVideo();
  }

  @Property
  void oneVideoIsLeftInUse(@ForAll("offers") SessionDescription offer) throws SdpRefusedException {
    SessionDescription read = Offer.read(offer.toString(), ANY);
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
  void onlyAddressesAreTriedEachOnceInItsOwnSpelling(@ForAll("offers") SessionDescription offer)
      throws SdpRefusedException {
    Set<String> offered =
        candidates(offer)
            .filter(each -> each.literal().isPresent())
            .map(OfferTest::place)
            .collect(Collectors.toSet());
    Set<String> kept =
        candidates(Offer.read(offer.toString(), ANY))
            .peek(each -> assertThat(each.literal()).isPresent())
            .map(OfferTest::place)
            .collect(Collectors.toSet());
    assertThat(offered).containsAll(kept);
    assertThat(kept).hasSizeLessThanOrEqualTo(RemoteDescription.MAX_CANDIDATES);
    if (offered.size() <= RemoteDescription.MAX_CANDIDATES) {
      assertThat(kept).hasSameSizeAs(used(offer));
    }
  }

  @Property
  void whatTheRuleRefusesIsNotTried(@ForAll("offers") SessionDescription offer)
      throws SdpRefusedException {
    AddressRule nobody = address -> Optional.of("refused");
    assertThat(candidates(Offer.read(offer.toString(), nobody))).isEmpty();
  }

  @Property
  void readingTwiceChangesNothingMore(@ForAll("offers") SessionDescription offer)
      throws SdpRefusedException {
    SessionDescription once = Offer.read(offer.toString(), ANY);
    assertThat(Offer.read(once.toString(), ANY)).isEqualTo(once);
  }

  @Test
  void anOfferWithoutVideoForUsIsRefusedWithTheReason() {
    assertNoVideo("v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n", "no video section");
    assertNoVideo("v=0\r\nm=video 0 UDP/TLS/RTP/SAVPF 96\r\n", "no video section");
    assertNoVideo("v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=recvonly\r\n", "is recvonly");
  }

  private static void assertNoVideo(String offer, String why) {
    assertThatExceptionOfType(SdpRefusedException.class)
        .isThrownBy(() -> Offer.read(offer, ANY))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.NO_VIDEO))
        .satisfies(e -> assertThat(e.reason().code()).isEqualTo("sdp_no_video"))
        .withMessageContaining(why)
        .withMessageContaining("Add a video track");
  }

  private static Stream<Candidate> candidates(SessionDescription description) {
    return description.media().stream()
        .flatMap(section -> section.lines().stream())
        .flatMap(line -> Candidate.parse(line).stream());
  }

  private static Set<String> used(SessionDescription offer) {
    return candidates(offer)
        .flatMap(each -> each.plain().stream())
        .map(OfferTest::place)
        .collect(Collectors.toSet());
  }

  private static String place(Candidate candidate) {
    return candidate.literal().orElseThrow().getHostAddress() + " " + candidate.port();
  }
}
