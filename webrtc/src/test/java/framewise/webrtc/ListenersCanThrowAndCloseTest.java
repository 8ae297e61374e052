package framewise.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import framewise.media.picture.Frame;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/**
 * An exception from a libwebrtc callback would abort the process, and closing in one would hang it.
 */
class ListenersCanThrowAndCloseTest {
  @Test
  void statesArriveInOrderEvenIfTheListenerThrows() throws Exception {
    List<ConnectionState> states = new CopyOnWriteArrayList<>();
    try (Peers peers = new Peers(PeerOptions.DEFAULTS)) {
      try (Publisher publisher =
              peers.publisher(
                  state -> {
                    states.add(state);
                    throw new IllegalStateException("a listener's own trouble");
                  });
          Receiver receiver = peers.receiver(SenderTimeouts.DEFAULT, PeerListener.NONE)) {
        publisher.accept(receiver.answer(publisher.offer()));
        await().atMost(Pair.PATIENCE).until(() -> states.contains(ConnectionState.CONNECTED));
      }
      await().atMost(Pair.PATIENCE).until(() -> states.contains(ConnectionState.CLOSED));
    }
    assertThat(states)
        .startsWith(ConnectionState.CONNECTING, ConnectionState.CONNECTED)
        .endsWith(ConnectionState.CLOSED)
        .doesNotHaveDuplicates();
  }

  @Test
  void aListenerCanClose() throws Exception {
    CompletableFuture<Receiver> made = new CompletableFuture<>();
    try (Peers peers = new Peers(PeerOptions.DEFAULTS);
        Publisher publisher = peers.publisher(PeerListener.NONE)) {
      Receiver receiver =
          peers.receiver(
              SenderTimeouts.DEFAULT,
              state -> {
                if (state == ConnectionState.CONNECTED) {
                  made.join().close();
                }
              });
      made.complete(receiver);
      publisher.accept(receiver.answer(publisher.offer()));
      await().atMost(Pair.PATIENCE).until(() -> receiver.state() == ConnectionState.CLOSED);
      assertThat(receiver.next(Duration.ofSeconds(1))).isEmpty();
    }
  }

  @Test
  void closingTwiceIsHarmless() throws Exception {
    try (Peers peers = new Peers(PeerOptions.DEFAULTS)) {
      Pair pair = new Pair(peers);
      pair.exchange(320, 240).close();
      pair.close();
      pair.close();
      try (Frame frame = TestPictures.quarters(320, 240, 1)) {
        assertThat(pair.publisher.send(frame)).isFalse();
      }
    }
  }

  @Test
  void anAbandonedFactoryIsRecreated() throws Exception {
    for (int i = 0; i < 3; i++) {
      try (Peers peers = new Peers(PeerOptions.DEFAULTS);
          Pair pair = new Pair(peers)) {
        pair.exchange(320, 240).close();
      }
    }
  }
}
