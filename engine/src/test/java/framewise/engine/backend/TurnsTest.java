package framewise.engine.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TurnsTest {
  private final RoundRobinPermits turns = new RoundRobinPermits(1);
  private final List<String> served = new CopyOnWriteArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  @Test
  void partiesTakeTurnsAndEachKeepsItsOrder() throws Exception {
    turns.acquire("first");
    for (String call : List.of("many 1", "many 2", "many 3", "one 1", "two 1", "two 2")) {
      waits(call);
    }
    finish();
    assertThat(served).containsExactly("many 1", "one 1", "two 1", "many 2", "two 2", "many 3");
    assertThat(turns.tryAcquire()).as("no permit is lost").isTrue();
  }

  @Test
  void aWaiterThatGivesUpBlocksNobody() throws Exception {
    turns.acquire("first");
    waits("many 1");
    waits("many 2");
    threads.getFirst().interrupt();
    threads.getFirst().join();
    finish();
    assertThat(served).containsExactly("many 2");
    assertThat(turns.tryAcquire()).isTrue();
  }

  @Test
  void withdrawnPermitsAreNotGranted() throws Exception {
    turns.acquire("first");
    turns.withdraw(1);
    turns.release();
    assertThat(turns.tryAcquire()).isFalse();
    turns.release();
    assertThat(turns.tryAcquire()).isTrue();
  }

  private void finish() throws InterruptedException {
    turns.release();
    for (Thread thread : threads) {
      thread.join();
    }
  }

  /** Starts a call that waits for a permit and returns it at once. */
  private void waits(String call) {
    Thread thread =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    turns.acquire(call.substring(0, call.indexOf(' ')));
                    served.add(call);
                    turns.release();
                  } catch (InterruptedException gaveUp) {
                    Thread.currentThread().interrupt();
                  }
                });
    threads.add(thread);
    await().until(() -> thread.getState() == Thread.State.WAITING);
  }
}
