package framewise.webrtc.receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import framewise.media.network.AddressRule;
import framewise.webrtc.ConnectionState;
import framewise.webrtc.PeerListener;
import framewise.webrtc.PeerOptions;
import framewise.webrtc.Peers;
import framewise.webrtc.SenderTimeouts;
import framewise.webrtc.StepwiseReceiver;
import framewise.webrtc.sdp.SdpRefusedException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * LiveKit's clients connect first, and add, replace and end their video on the same connection. The
 * pictures in this test are too large to be decoded: they count as dropped once their packets have
 * been received.
 */
class OneConnectionLastsThroughManyOffersTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final AddressRule NONE = address -> Optional.of("not to be tried");
  private static final byte[] PICTURE = HugePicturesAreRefusedBeforeTheyAreDecodedTest.HUGE_VP8;
  private static final int VP8 = 96;
  private static final int MARK = 4;
  private static final String EXTENSION = "a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid\r\n";

  private final Peers peers = new Peers(PeerOptions.DEFAULTS);
  private final StepwiseReceiver receiver =
      peers.stepwiseReceiver(SenderTimeouts.DEFAULT, PeerListener.NONE);

  @AfterEach
  void close() {
    receiver.close();
    peers.close();
  }

  @Test
  void packetsOfOtherSectionsAreIgnored() throws Exception {
    try (var sender = new HandmadeSender(true)) {
      String answer = connected(sender, sender.offer(true) + EXTENSION);
      assertThat(answer).contains(EXTENSION);
      for (int i = 0; i < 10; i++) {
        sender.marked(VP8, /* source= */ 8, MARK, '1', PICTURE);
      }
      sender.marked(VP8, /* source= */ 7, MARK, '0', PICTURE);
      await().atMost(PATIENCE).until(() -> receiver.dropped() > 0);
      assertThat(receiver.dropped()).isEqualTo(1);
    }
  }

  @Test
  void theVideoOfALaterOfferIsTakenAtOnce() throws Exception {
    try (var sender = new HandmadeSender(true)) {
      String first = sender.offer(true) + EXTENSION;
      String answer = connected(sender, first);
      sender.marked(VP8, /* source= */ 7, MARK, '0', PICTURE);
      await().atMost(PATIENCE).until(() -> receiver.dropped() == 1);

      String ended = first.replace("a=sendonly", "a=inactive");
      StepwiseReceiver.NegotiationResult nothing = receiver.negotiate(ended, NONE);
      assertThat(nothing.video()).isEmpty();
      assertThat(nothing.answer()).contains("a=inactive", EXTENSION);
      assertSameTransport(answer, nothing.answer());

      String second =
          ended.replace("BUNDLE 0", "BUNDLE 0 1")
              + first.substring(first.indexOf("m=video")).replace("a=mid:0", "a=mid:1");
      StepwiseReceiver.NegotiationResult next = receiver.negotiate(second, NONE);
      assertThat(next.video().flatMap(video -> video.id())).contains("1");
      assertSameTransport(answer, next.answer());
      sender.marked(VP8, /* source= */ 8, MARK, '1', PICTURE);
      await().atMost(PATIENCE).until(() -> receiver.dropped() == 2);
      assertThat(receiver.state()).isEqualTo(ConnectionState.CONNECTED);
    }
  }

  @Test
  void iceIsRestartedOnTheSameConnection() throws Exception {
    try (var sender = new HandmadeSender(true)) {
      String offer = sender.offer(true);
      String answer = connected(sender, offer);
      sender.picture(VP8, PICTURE);
      await().atMost(PATIENCE).until(() -> receiver.dropped() == 1);
      int handshake = sender.receivedOfHandshake();

      String again =
          receiver.negotiate(offer.replace("a=ice-ufrag:hand", "a=ice-ufrag:feet"), NONE).answer();
      assertThat(value(again, "a=ice-ufrag:")).isNotEqualTo(value(answer, "a=ice-ufrag:"));
      assertThat(value(again, "a=ice-pwd:")).isNotEqualTo(value(answer, "a=ice-pwd:"));
      assertThat(value(again, "a=setup:")).isEqualTo(value(answer, "a=setup:"));
      int before = sender.received();
      sender.check(true);
      await().atMost(PATIENCE).until(() -> sender.received() > before);
      sender.restart(again, "feet");
      int after = sender.received();
      sender.check(true);
      await().atMost(PATIENCE).until(() -> sender.received() > after);
      sender.picture(VP8, PICTURE);
      await().atMost(PATIENCE).until(() -> receiver.dropped() == 2);
      assertThat(sender.receivedOfHandshake()).isEqualTo(handshake);
    }
  }

  @Test
  void aPeerWithAnotherCertificateIsConnectedAnew() throws Exception {
    try (var sender = new HandmadeSender(true);
        var next = new HandmadeSender(false)) {
      connected(sender, sender.offer(true));
      sender.picture(VP8, PICTURE);
      await().atMost(PATIENCE).until(() -> receiver.dropped() == 1);
      connected(next, next.offer(true));
      next.picture(VP8, PICTURE);
      await().atMost(PATIENCE).until(() -> receiver.dropped() == 2);
      assertThat(receiver.disconnectReason()).isEmpty();
    }
  }

  @Test
  void dataChannelsAreAcceptedAndSectionsThatAreOffAreRejected() throws Exception {
    try (var sender = new HandmadeSender(true)) {
      String video = sender.offer(true).replace("BUNDLE 0", "BUNDLE 0 1 2");
      String answer =
          receiver
              .negotiate(
                  video
                      + "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=mid:1\r\n"
                      + "a=sctp-port:5000\r\nm=audio 0 UDP/TLS/RTP/SAVPF 111\r\na=mid:2\r\n",
                  NONE)
              .answer();
      assertThat(answer)
          .contains("m=application 9 UDP/DTLS/SCTP webrtc-datachannel", "a=sctp-port:5000")
          .contains("m=audio 0 UDP/TLS/RTP/SAVPF 111", "a=group:BUNDLE 0 1\r\n");
    }
  }

  @Test
  void anOfferWithoutAnySectionInUseIsRefused() throws Exception {
    try (var sender = new HandmadeSender(true)) {
      String off = sender.offer(true).replace("m=video 9", "m=video 0");
      assertThatThrownBy(() -> receiver.negotiate(off, NONE))
          .isInstanceOf(SdpRefusedException.class)
          .hasMessageContaining("no media section that is in use");
    }
  }

  private String connected(HandmadeSender sender, String offer) throws Exception {
    String answer = receiver.negotiate(offer, NONE).answer();
    sender.connect(answer);
    sender.check(true);
    sender.shake();
    sender.agree();
    return answer;
  }

  private static void assertSameTransport(String one, String other) {
    for (String line : List.of("a=ice-ufrag:", "a=ice-pwd:", "a=fingerprint:", "a=setup:")) {
      assertThat(value(other, line)).isEqualTo(value(one, line));
    }
    assertThat(value(other, "o=").split(" ", -1)[1]).isEqualTo(value(one, "o=").split(" ", -1)[1]);
    assertThat(value(other, "o=")).isNotEqualTo(value(one, "o="));
  }

  private static String value(String text, String start) {
    return text.lines()
        .filter(line -> line.startsWith(start))
        .map(line -> line.substring(start.length()))
        .findFirst()
        .orElseThrow();
  }
}
