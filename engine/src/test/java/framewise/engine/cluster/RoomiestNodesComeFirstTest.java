package framewise.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Checks on which node a session starts, and how much of a node's capacity counts as free. */
class RoomiestNodesComeFirstTest {
  private double cpu;
  private double memory;
  private final NodeLoad load = new NodeLoad(() -> cpu, () -> memory);

  @Test
  void byPlacesMemoryAndProcessorsThenByFewestStreams() {
    var idle = new NodeCapacity(0, 20, 1_000, false);
    var fewer = new NodeCapacity(2, 18, 900, false);
    var more = new NodeCapacity(3, 17, 850, false);
    var half = new NodeCapacity(1, 1, 500, false);
    var busy = new NodeCapacity(0, 20, 1_000, true);
    var full = new NodeCapacity(0, 0, 1_000, false);
    assertThat(
            List.of(full, busy, half, more, fewer, idle).stream().sorted(Comparator.reverseOrder()))
        .containsExactly(idle, fewer, more, half, busy, full);
  }

  @Test
  void theScarcerOfPlacesAndMemoryDecides() {
    assertThat(load.measure(5, 15)).isEqualTo(new NodeCapacity(5, 15, 750, false));
    memory = 0.6;
    assertThat(load.measure(5, 15)).isEqualTo(new NodeCapacity(5, 15, 400, false));
    memory = 0.95;
    assertThat(load.measure(5, 15).freeSessions()).as("no memory for another one").isZero();
  }

  @Test
  void onlyLastingLoadCounts() {
    load.measure(0, 1);
    cpu = 1;
    assertThat(load.measure(0, 1).busy()).isFalse();
    for (int i = 0; i < 30; i++) {
      load.measure(0, 1);
    }
    assertThat(load.measure(0, 1).busy()).isTrue();
    cpu = 0.8;
    for (int i = 0; i < 30; i++) {
      load.measure(0, 1);
    }
    assertThat(load.measure(0, 1).busy()).as("not calm yet").isTrue();
    cpu = -1;
    for (int i = 0; i < 30; i++) {
      load.measure(0, 1);
    }
    assertThat(load.measure(0, 1).busy()).as("unknown").isFalse();
  }
}
