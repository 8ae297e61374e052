package framewise.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import framewise.media.network.AddressRule;
import framewise.testing.ManualClock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SilentPeersCountAsDisconnectedTest {
  private final ManualClock clock = new ManualClock();

  @Test
  void peersThatNeverConnectTimeOut() throws Exception {
    try (Peers peers = new Peers(PeerOptions.DEFAULTS, clock);
        Publisher publisher = peers.publisher(PeerListener.NONE);
        Receiver receiver = peers.receiver(SenderTimeouts.DEFAULT, PeerListener.NONE)) {
      clock.advance(Duration.ofHours(1));
      assertThat(receiver.disconnectReason()).as("nothing was answered yet").isEmpty();
      assertThat(receiver.answer(publisher.offer())).isNotEmpty();
      clock.advance(Duration.ofSeconds(15));
      assertThat(receiver.disconnectReason()).isEmpty();
      clock.advance(Duration.ofSeconds(1));
      assertThat(receiver.disconnectReason()).contains(DisconnectReason.NEVER_CONNECTED);
    }
  }

  @Test
  void theFirstPictureCanWaitForAKeyFrame() throws Exception {
    try (Peers peers = new Peers(PeerOptions.DEFAULTS, clock);
        Pair pair = new Pair(peers)) {
      await().atMost(Pair.PATIENCE).until(() -> pair.receiver.state() == ConnectionState.CONNECTED);
      clock.advance(Duration.ofSeconds(30));
      assertThat(pair.receiver.disconnectReason()).isEmpty();
      clock.advance(Duration.ofSeconds(1));
      assertThat(pair.receiver.disconnectReason()).contains(DisconnectReason.SILENT);
    }
  }

  @Test
  void silentPeersTimeOut() throws Exception {
    try (Peers peers = new Peers(PeerOptions.DEFAULTS, clock);
        Pair pair = new Pair(peers)) {
      pair.exchange(320, 240).close();
      clock.advance(Duration.ofSeconds(10));
      assertThat(pair.receiver.disconnectReason()).isEmpty();
      clock.advance(Duration.ofSeconds(1));
      assertThat(pair.receiver.disconnectReason()).contains(DisconnectReason.SILENT);
      pair.exchange(320, 240).close();
      assertThat(pair.receiver.disconnectReason()).as("it is back").isEmpty();
    }
  }

  @Test
  void peersThatPromisePicturesMustSendThem() throws Exception {
    AddressRule none = address -> Optional.of("not to be tried");
    try (Peers peers = new Peers(PeerOptions.DEFAULTS, clock);
        Publisher publisher = peers.publisher(PeerListener.NONE);
        StepwiseReceiver receiver =
            peers.stepwiseReceiver(SenderTimeouts.DEFAULT, PeerListener.NONE)) {
      publisher.accept(receiver.negotiate(publisher.offer(), none).answer());
      await().atMost(Pair.PATIENCE).until(() -> receiver.state() == ConnectionState.CONNECTED);
      receiver.pause(true);
      clock.advance(Duration.ofHours(1));
      assertThat(receiver.disconnectReason()).as("it pauses").isEmpty();
      receiver.pause(false);
      clock.advance(Duration.ofSeconds(30));
      assertThat(receiver.disconnectReason()).isEmpty();
      clock.advance(Duration.ofSeconds(1));
      assertThat(receiver.disconnectReason()).contains(DisconnectReason.SILENT);
      String nothing = publisher.offer().replace("a=sendonly", "a=inactive");
      assertThat(receiver.negotiate(nothing, none).video()).isEmpty();
      assertThat(receiver.disconnectReason()).as("it sends no video any more").isEmpty();
    }
  }

  @Test
  void closingIsNotADisconnection() throws Exception {
    try (Peers peers = new Peers(PeerOptions.DEFAULTS, clock)) {
      Pair pair = new Pair(peers);
      pair.close();
      clock.advance(Duration.ofHours(1));
      assertThat(pair.receiver.disconnectReason()).isEmpty();
      assertThat(pair.receiver.state()).isEqualTo(ConnectionState.CLOSED);
    }
  }

  @Test
  void eachReasonHasASentence() {
    assertThat(DisconnectReason.values())
        .allSatisfy(gone -> assertThat(gone.detail()).endsWith("."));
  }
}
