package framewise.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Seen: 60 concurrent requests for large pictures delayed everybody else's requests for a minute.
 */
@Timeout(60)
class CallerTurnsTest {
  @Test
  void callersWaitForTheirOwnCallsOnly() throws Exception {
    var turns = new CallerTurns(2, Duration.ofMinutes(1));
    CallerTurns.CallerTurn first = turns.take("one").orElseThrow();
    try (CallerTurns.CallerTurn _ = turns.take("one").orElseThrow()) {
      var third = new FutureTask<>(() -> turns.take("one"));
      Thread.ofVirtual().start(third);
      try (CallerTurns.CallerTurn _ = turns.take("other").orElseThrow()) {
        assertThat(third.isDone()).isFalse();
      }
      first.close();
      first.close();
      try (CallerTurns.CallerTurn _ = third.get().orElseThrow()) {
        assertThat(turns.callers()).isOne();
      }
    }
    assertThat(turns.callers()).as("nothing is kept of callers that left").isZero();
  }

  @Test
  void longWaitsAreRefused() throws Exception {
    var turns = new CallerTurns(1, Duration.ZERO);
    try (CallerTurns.CallerTurn _ = turns.take("one").orElseThrow()) {
      assertThat(turns.take("one")).isEqualTo(Optional.empty());
    }
    turns.take("one").orElseThrow().close();
    assertThat(turns.callers()).isZero();
  }
}
