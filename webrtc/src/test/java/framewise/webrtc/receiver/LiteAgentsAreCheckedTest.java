package framewise.webrtc.receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import framewise.webrtc.ConnectionState;
import framewise.webrtc.DisconnectReason;
import framewise.webrtc.PeerListener;
import framewise.webrtc.PeerOptions;
import framewise.webrtc.Peers;
import framewise.webrtc.Receiver;
import framewise.webrtc.SenderTimeouts;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * A sender on a server may only answer connectivity checks (ICE lite): the receiver has to send
 * them and to select the path.
 */
class LiteAgentsAreCheckedTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int VP8 = 96;

  @Test
  void theReceiverBeginsWhereItsSenderDoesNot() throws Exception {
    try (Peers peers = new Peers(PeerOptions.DEFAULTS);
        Receiver receiver = peers.receiver(SenderTimeouts.DEFAULT, PeerListener.NONE);
        var sender = new HandmadeSender(true)) {
      String answer = receiver.answer(sender.liteOffer(address()), any -> Optional.empty());
      assertThat(answer).doesNotContain("a=ice-lite");
      sender.connect(answer);
      sender.shake();
      sender.agree();
      await().atMost(PATIENCE).until(() -> receiver.state() == ConnectionState.CONNECTED);
      sender.picture(VP8, HugePicturesAreRefusedBeforeTheyAreDecodedTest.HUGE_VP8);
      await().atMost(PATIENCE).until(() -> receiver.dropped() == 1);
    }
  }

  @Test
  void itsAddressIsNotCheckedAgainstTheRule() throws Exception {
    try (Peers peers = new Peers(PeerOptions.DEFAULTS);
        Receiver receiver =
            peers.receiver(
                new SenderTimeouts(
                    Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(2)),
                PeerListener.NONE);
        var sender = new HandmadeSender(true)) {
      sender.connect(
          receiver.answer(sender.liteOffer(address()), any -> Optional.of("not to be tried")));
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  receiver
                      .disconnectReason()
                      .filter(DisconnectReason.NEVER_CONNECTED::equals)
                      .isPresent());
      assertThat(sender.received()).isZero();
    }
  }

  private static InetAddress address() throws SocketException {
    return Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
        .flatMap(card -> Collections.list(card.getInetAddresses()).stream())
        .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
        .findFirst()
        .orElseThrow();
  }
}
