package framewise.engine.delivery;

import static framewise.engine.delivery.HookReceiver.status;
import static org.assertj.core.api.Assertions.assertThat;

import framewise.engine.endpoint.Endpoint;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The time of day goes forward or back by an hour while a delivery waits for its next attempt. */
@Timeout(300)
class ClockChangesNeitherStopNorFloodRetriesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, -1})
  void oneAttemptIsMadeAndTheScheduleContinues(int hours) throws Exception {
    try (var receiver = new HookReceiver();
        var bench = new DeliveryBench(folder)) {
      receiver.answer(status(500));
      Endpoint hook = bench.hook(receiver.url());
      long notice = bench.notice("incident.ended", "inc");
      bench.awaitDelivery(hook, notice, DeliveryState.WAITING, 1);
      bench.clock.set(Duration.ofHours(hours));
      pass(bench, 3);
      bench.awaitDelivery(hook, notice, DeliveryState.WAITING, 2);
      pass(bench, 60);
      assertThat(bench.find(hook, notice).orElseThrow().attempts()).isEqualTo(2);
      pass(bench, 300);
      bench.awaitDelivery(hook, notice, DeliveryState.WAITING, 3);
      assertThat(receiver.rest()).hasSize(3);
    }
  }

  @Test
  void aPauseEndsDespiteAClockSetBack() throws Exception {
    try (var receiver = new HookReceiver();
        var bench = new DeliveryBench(folder)) {
      receiver.answer(status(429, "Retry-After: 90"));
      Endpoint hook = bench.hook(receiver.url());
      long notice = bench.notice("incident.ended", "inc");
      bench.awaitDelivery(hook, notice, DeliveryState.WAITING, 1);
      pass(bench, 2);
      receiver.answer(HookReceiver::ok);
      bench.clock.set(Duration.ofHours(-1));
      pass(bench, 3);
      bench.awaitDelivery(hook, notice, DeliveryState.DELIVERED, 2);
    }
  }

  @Test
  void aRenewedPauseHolds() throws Exception {
    try (var receiver = new HookReceiver();
        var bench = new DeliveryBench(folder)) {
      receiver.answer(status(429, "Retry-After: 90"));
      Endpoint hook = bench.hook(receiver.url());
      long notice = bench.notice("incident.ended", "inc");
      bench.awaitDelivery(hook, notice, DeliveryState.WAITING, 1);
      bench.clock.set(Duration.ofHours(-1));
      pass(bench, 3);
      bench.awaitDelivery(hook, notice, DeliveryState.WAITING, 2);
      pass(bench, 60);
      assertThat(bench.find(hook, notice).orElseThrow().attempts()).isEqualTo(2);
    }
  }

  /**
   * Advances the clock second by second, and waits each time until the thread that watches the time
   * has noticed.
   */
  private static void pass(DeliveryBench bench, int seconds) throws InterruptedException {
    for (int second = 0; second < seconds; second++) {
      bench.clock.awaitWaiter();
      bench.clock.advance(Duration.ofSeconds(1));
    }
  }
}
