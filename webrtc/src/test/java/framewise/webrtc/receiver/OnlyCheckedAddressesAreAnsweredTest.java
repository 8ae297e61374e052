package framewise.webrtc.receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import framewise.webrtc.ConnectionState;
import framewise.webrtc.DisconnectReason;
import framewise.webrtc.PeerListener;
import framewise.webrtc.PeerOptions;
import framewise.webrtc.Peers;
import framewise.webrtc.Receiver;
import framewise.webrtc.SenderTimeouts;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnlyCheckedAddressesAreAnsweredTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Peers peers = new Peers(PeerOptions.DEFAULTS);

  @Test
  void uncheckedAddressesGetNothing() throws Exception {
    try (peers;
        Receiver receiver = peers.receiver(SenderTimeouts.DEFAULT, PeerListener.NONE);
        var stranger = new HandmadeSender(false);
        var sender = new HandmadeSender(true)) {
      String answer = receiver.answer(sender.offer(true));
      stranger.connect(answer);
      sender.connect(answer);
      for (int i = 0; i < 20; i++) {
        stranger.check(false);
        // The beginning of a handshake, and a packet that looks like media.
        stranger.send(new byte[] {22, (byte) 0xFE, (byte) 0xFD, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        stranger.send(new byte[] {(byte) 0x80, 96, 0, 1, 0, 0, 0, 0, 0, 0, 0, 7, 1, 2, 3});
      }
      stranger.shake();
      sender.check(true);
      sender.shake();
      sender.agree();
      assertThat(receiver.state()).isNotEqualTo(ConnectionState.FAILED);
      await().atMost(PATIENCE).until(() -> receiver.state() == ConnectionState.CONNECTED);
      assertThat(stranger.received()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void otherCertificatesAreRefused(boolean waits) throws Exception {
    try (peers;
        Receiver receiver = peers.receiver(SenderTimeouts.DEFAULT, PeerListener.NONE);
        var sender = new HandmadeSender(waits)) {
      sender.connect(receiver.answer(sender.offer(false)));
      sender.check(true);
      sender.shake();
      await().atMost(PATIENCE).until(() -> receiver.state() == ConnectionState.FAILED);
      assertThat(receiver.disconnectReason()).contains(DisconnectReason.NEVER_CONNECTED);
      if (waits) {
        assertThatThrownBy(sender::agree).hasMessageContaining("no handshake");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void eitherSideCanStartTheHandshake(boolean waits) throws Exception {
    try (peers;
        Receiver receiver = peers.receiver(SenderTimeouts.DEFAULT, PeerListener.NONE);
        var sender = new HandmadeSender(waits)) {
      String answer = receiver.answer(sender.offer(true));
      assertThat(answer).contains(waits ? "a=setup:active" : "a=setup:passive");
      sender.connect(answer);
      sender.check(true);
      sender.shake();
      sender.agree();
      await().atMost(PATIENCE).until(() -> receiver.state() == ConnectionState.CONNECTED);
      sender.sayGoodbye();
      await().atMost(PATIENCE).until(() -> receiver.state() == ConnectionState.FAILED);
      assertThat(receiver.disconnectReason()).as("it said goodbye").contains(DisconnectReason.LEFT);
    }
  }
}
