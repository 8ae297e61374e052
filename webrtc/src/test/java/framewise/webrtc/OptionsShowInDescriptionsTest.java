package framewise.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import framewise.webrtc.ice.PortRange;
import framewise.webrtc.sdp.Candidate;
import framewise.webrtc.sdp.PublicAddress;
import java.net.DatagramSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsShowInDescriptionsTest {
  @Test
  void candidatesUseThePortRange() throws Exception {
    PortRange ports = PortRange.parse("46100-46139");
    try (Peers peers = new Peers(PeerOptions.DEFAULTS.withPorts(ports));
        Pair pair = new Pair(peers)) {
      assertThat(candidates(pair.offer)).isNotEmpty();
      for (String text : List.of(pair.offer, pair.answer)) {
        assertThat(candidates(text))
            .allSatisfy(each -> assertThat(each.port()).isBetween(46_100, 46_139))
            .allSatisfy(each -> assertThat(each.head()).containsIgnoringCase(" udp "));
      }
      pair.exchange(320, 240).close();
    }
  }

  @Test
  void aFullPortRangeIsReported() throws Exception {
    try (DatagramSocket taken = new DatagramSocket(0)) {
      int port = taken.getLocalPort();
      try (Peers peers = new Peers(PeerOptions.DEFAULTS.withPorts(new PortRange(port, port)));
          Publisher publisher = peers.publisher(PeerListener.NONE)) {
        assertThatExceptionOfType(PeerFault.class)
            .isThrownBy(publisher::offer)
            .withMessageContaining(port + "-" + port);
      }
    }
  }

  @Test
  void offerAndAnswerHaveThePublicAddress() throws Exception {
    PeerOptions options =
        PeerOptions.DEFAULTS.withPublicAddress(PublicAddress.parse("198.51.100.9"));
    try (Peers peers = new Peers(options);
        Publisher publisher = peers.publisher(PeerListener.NONE);
        Receiver receiver = peers.receiver(SenderTimeouts.DEFAULT, PeerListener.NONE)) {
      String offer = publisher.offer();
      for (String text : List.of(offer, receiver.answer(offer))) {
        assertThat(candidates(text).stream().map(Candidate::address))
            .contains("198.51.100.9")
            .allMatch(address -> address.contains(":") || address.equals("198.51.100.9"));
      }
    }
  }

  @Test
  void silentIceServersDelayNothing() throws Exception {
    // Reserved for documentation, RFC 5737: no host answers there.
    PeerOptions options =
        PeerOptions.DEFAULTS
            .withIceServers(List.of(IceServer.stun("stun:203.0.113.1:3478")))
            .withGathering(Duration.ofMillis(300));
    try (Peers peers = new Peers(options);
        Pair pair = new Pair(peers)) {
      assertThat(candidates(pair.offer)).isNotEmpty();
      pair.exchange(320, 240).close();
    }
  }

  @Test
  void vp8IsOfferedFirst() throws Exception {
    try (Peers peers = new Peers(PeerOptions.DEFAULTS);
        Pair pair = new Pair(peers)) {
      assertThat(
              pair.offer
                  .lines()
                  .filter(line -> line.startsWith("a=rtpmap"))
                  .findFirst()
                  .orElseThrow())
          .contains("VP8");
      assertThat(pair.offer).contains("H264").contains("a=sendonly");
      pair.exchange(320, 240).close();
      assertThat(pair.publisher.stats().codec()).contains("video/VP8");
      assertThat(pair.publisher.stats().width()).isEqualTo(320);
      ReceiverStats got = pair.receiver.stats();
      assertThat(got.codec()).contains("video/VP8");
      assertThat(got.framesDecoded()).isPositive();
      assertThat(got.keyFramesDecoded()).isPositive();
      assertThat(got.bytesReceived()).isPositive();
      assertThat(got.height()).isEqualTo(240);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "80-90", "5000-4000", "40000-70000", "a-b", "-1"})
  void invalidPortRangesAreRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PortRange.parse(text))
        .withMessageContaining("the media ports are");
  }

  @Test
  void invalidIceServersAreRefusedWithoutCredentials() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IceServer.stun("https://example.org"))
        .withMessageContaining("stun:");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IceServer.stun("turn:turn.example.org"))
        .withMessageContaining("credential");
    IceServer turn =
        new IceServer(List.of("turn:turn.example.org"), Optional.of("me"), Optional.of("s3cret"));
    assertThat(PeerOptions.DEFAULTS.withIceServers(List.of(turn)).toString())
        .contains("turn.example.org")
        .doesNotContain("s3cret");
  }

  private static List<Candidate> candidates(String text) {
    return text.lines().flatMap(line -> Candidate.parse(line).stream()).toList();
  }
}
