package framewise.bench.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A short run of {@code bench/incidents kills}. */
@Timeout(600)
class KilledServiceLosesNoIncidentTest {
  @TempDir Path folder;

  @Test
  void andDeliversEachAtLeastOnceAndInOrder() throws Exception {
    long seed = System.nanoTime();
    Kills.Outcome outcome = new Kills(folder, seed, line -> {}).run(3);
    assertThat(outcome.faults()).as("seed %d", seed).isEmpty();
    assertThat(outcome.incidents()).isPositive();
    assertThat(outcome.webhooks()).isGreaterThanOrEqualTo(outcome.incidents());
  }
}
