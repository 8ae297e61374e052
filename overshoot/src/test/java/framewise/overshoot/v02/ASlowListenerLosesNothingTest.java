package framewise.overshoot.v02;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.overshoot.wire.InferenceResult;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ASlowListenerLosesNothingTest extends StubTest {

  private static final int RESULTS = 500;

  @Test
  void longAnswersTakeNoMoreMemory() throws Exception {
    CountDownLatch free = new CountDownLatch(1);
    OvershootStream stream =
        client.open(
            request(),
            new V02StreamListener() {
              @Override
              public void onResult(InferenceResult result) {
                try {
                  free.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                heard.onResult(result);
              }

              @Override
              public void onEnd(V02StreamEnd end) {
                heard.onEnd(end);
              }
            });
    SocketPeer peer = stub.socket();
    String answer = "x".repeat(3_000_000);
    for (int i = 0; i < 20; i++) {
      peer.send("{\"id\":\"r" + i + "\",\"result\":\"" + answer + "\",\"ok\":true}");
    }
    // The listener is handling one message, which does not count; the six queued ones have 18
    // million characters.
    while (stream.counts().messages() < 7) {
      Thread.onSpinWait();
    }
    time.awaitAlarm(Duration.ofSeconds(15));
    time.advance(Duration.ofSeconds(15));
    time.awaitAlarm(Duration.ofSeconds(15));
    assertThat(stream.counts().messages()).isLessThanOrEqualTo(8);
    free.countDown();
    assertThat(heard.ids(20)).hasSize(20).startsWith("r0").endsWith("r19");
  }

  @Test
  void allResultsArriveInOrder() throws Exception {
    CountDownLatch free = new CountDownLatch(1);
    CountDownLatch held = new CountDownLatch(1);
    try (OvershootV02 small = new OvershootV02(settings().withResultQueue(2))) {
      OvershootStream stream =
          small.open(
              request(),
              new V02StreamListener() {
                @Override
                public void onResult(InferenceResult result) {
                  held.countDown();
                  try {
                    free.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  heard.onResult(result);
                }

                @Override
                public void onEnd(V02StreamEnd end) {
                  heard.onEnd(end);
                }
              });
      SocketPeer peer = stub.socket();
      for (int i = 0; i < RESULTS; i++) {
        peer.result("r" + i);
      }
      held.await();
      peer.close(1001, "stream ended: webrtc_disconnected");
      // The listener is handling one message, two are queued, and one was requested while there was
      // room. No more are received; the resulting silence does not count as a dead connection.
      time.awaitAlarm(Duration.ofSeconds(15));
      time.advance(Duration.ofSeconds(15));
      time.awaitAlarm(Duration.ofSeconds(15));
      time.advance(Duration.ofSeconds(15));
      time.awaitAlarm(Duration.ofSeconds(15));
      assertThat(stream.counts().messages()).isLessThanOrEqualTo(4);
      assertThat(stream.counts().connections()).isEqualTo(1);
      assertThat(heard.ends).isEmpty();
      free.countDown();
      List<String> expected = IntStream.range(0, RESULTS).mapToObj(i -> "r" + i).toList();
      assertThat(heard.ids(RESULTS)).isEqualTo(expected);
      assertThat(heard.end()).isInstanceOf(V02StreamEnd.Ended.class);
      assertThat(stub.sockets).isEmpty();
    }
  }
}
