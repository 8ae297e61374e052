package framewise.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import framewise.webrtc.sdp.SdpRefusedException;
import framewise.webrtc.sdp.SdpRefusedException.Reason;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each test ends with a working pair: the refused description did not harm the process. */
class BadDescriptionsAreRefusedTest {
  private final Peers peers = new Peers(PeerOptions.DEFAULTS);

  @AfterEach
  void othersStillConnect() throws Exception {
    try (Pair pair = new Pair(peers)) {
      pair.exchange(320, 240).close();
    }
    peers.close();
  }

  @Test
  void whatCannotBeParsed() {
    // Well-formed lines, but no fingerprint and a payload type that is not a number.
    assertRefused(
        "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=video 9 UDP/TLS/RTP/SAVPF x\r\n",
        Reason.MALFORMED);
    assertRefused("v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\n", Reason.MALFORMED);
    assertRefused("v=0\r\no=x\r\nm=video 9 a b\r\n", Reason.MALFORMED);
  }

  /**
   * Seen: such an offer was accepted, then could not be answered, which was reported as an internal
   * error.
   */
  @Test
  void aHandshakeOnHold() throws Exception {
    String offer;
    try (Publisher publisher = peers.publisher(PeerListener.NONE)) {
      offer = publisher.offer().replace("a=setup:actpass", "a=setup:holdconn");
    }
    assertRefused(offer, Reason.MALFORMED);
  }

  @Test
  void aMegabyte() {
    assertRefused("v=0\r\n" + "a=x\r\n".repeat(200_000), Reason.TOO_LARGE);
  }

  @Test
  void noVideo() throws Exception {
    try (Publisher publisher = peers.publisher(PeerListener.NONE)) {
      assertRefused(publisher.offer().replace("m=video", "m=audio"), Reason.NO_VIDEO);
    }
  }

  @Test
  void noCodecThatIsKnown() throws Exception {
    try (Publisher publisher = peers.publisher(PeerListener.NONE)) {
      String offer = publisher.offer().replaceAll("(VP8|H264)/90000", "theora/90000");
      assertRefused(offer, Reason.NO_CODEC);
    }
  }

  @Test
  void anOfferWithAnyOfItsLinesLostOrGarbledIsTakenOrRefused() throws Exception {
    String offer;
    try (Publisher publisher = peers.publisher(PeerListener.NONE)) {
      offer = publisher.offer();
    }
    // A fixed seed gives the same damage in each run.
    Random random = new Random(20261122);
    int taken = 0;
    int refused = 0;
    for (int i = 0; i < 60; i++) {
      StringBuilder damaged = new StringBuilder(offer);
      for (int hits = 0; hits < 1 + i / 10; hits++) {
        int at = random.nextInt(damaged.length());
        if (i % 2 == 0) {
          damaged.setCharAt(at, (char) (' ' + random.nextInt(95)));
        } else {
          damaged.delete(at, Math.min(damaged.length(), at + random.nextInt(80)));
        }
      }
      try (Receiver receiver = peers.receiver(SenderTimeouts.DEFAULT, PeerListener.NONE)) {
        assertThat(receiver.answer(damaged.toString())).startsWith("v=0");
        taken++;
      } catch (SdpRefusedException e) {
        assertThat(e.getMessage()).isNotBlank();
        refused++;
      }
    }
    assertThat(taken).isPositive();
    assertThat(refused).isPositive();
  }

  @Test
  void answersThatDoNotFit() throws Exception {
    try (Publisher publisher = peers.publisher(PeerListener.NONE)) {
      String offer = publisher.offer();
      assertThatExceptionOfType(SdpRefusedException.class)
          .isThrownBy(() -> publisher.accept("not SDP"))
          .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.MALFORMED));
      // An answer that equals the offer: both ends would send, and both would start the handshake.
      assertThatExceptionOfType(SdpRefusedException.class)
          .isThrownBy(() -> publisher.accept(offer.replace("a=sendonly", "a=recvonly")));
    }
  }

  @Test
  void aSecondOffer() throws Exception {
    try (Publisher publisher = peers.publisher(PeerListener.NONE);
        Receiver receiver = peers.receiver(SenderTimeouts.DEFAULT, PeerListener.NONE)) {
      String offer = publisher.offer();
      assertThat(receiver.answer(offer)).isNotEmpty();
      assertThatIllegalStateException().isThrownBy(() -> receiver.answer(offer));
    }
  }

  private void assertRefused(String offer, Reason reason) {
    try (Receiver receiver = peers.receiver(SenderTimeouts.DEFAULT, PeerListener.NONE)) {
      assertThatExceptionOfType(SdpRefusedException.class)
          .isThrownBy(() -> receiver.answer(offer))
          .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
    }
  }
}
