package framewise.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.DURATION;

import org.junit.jupiter.api.Test;

class NewestPictureWinsTest {
  @Test
  void anUnreadReceiverKeepsOnePicture() throws Exception {
    try (Peers peers = new Peers(PeerOptions.DEFAULTS);
        Pair pair = new Pair(peers)) {
      pair.exchange(320, 240).close();
      long before = pair.receiver.dropped();
      long end = System.nanoTime() + Pair.PATIENCE.toNanos();
      for (int step = 0; pair.receiver.dropped() < before + 5 && System.nanoTime() < end; step++) {
        pair.send(320, 240, step);
        Thread.onSpinWait();
        var _ = pair.receiver.stats();
      }
      assertThat(pair.receiver.dropped()).isGreaterThanOrEqualTo(before + 5);
      assertThat(pair.receiver.interval()).get(DURATION).isPositive();
      try (var newest = pair.receiver.next(Pair.PATIENCE).orElseThrow()) {
        assertThat(newest.width()).isEqualTo(320);
        assertThat(pair.receiver.age()).isPositive();
      }
    }
  }
}
