package framewise.testing;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.time.Rounds;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RoundsContinueAfterAFailureTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final ManualClock clock = new ManualClock();
  private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
  private final AtomicInteger round = new AtomicInteger();

  @Test
  void untilClose() throws Exception {
    try (var rounds =
        new Rounds("test", clock, SECOND, this::fail, e -> seen.add("" + e.getMessage()))) {
      rounds.start();
      clock.awaitWaiter();
      assertThat(seen).as("the first round comes after the interval").isEmpty();
      clock.advance(SECOND);
      assertThat(seen.take()).isEqualTo("round 1");
      clock.awaitWaiter();
      clock.advance(SECOND);
      assertThat(seen.take()).isEqualTo("round 2");
      clock.awaitWaiter();
    }
    clock.advance(SECOND);
    assertThat(seen.poll(200, TimeUnit.MILLISECONDS)).isNull();
  }

  private void fail() {
    throw new IllegalStateException("round " + round.incrementAndGet());
  }
}
