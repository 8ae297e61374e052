package framewise.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class NewestSlotTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Property
  void eachItemIsTakenOrDiscardedOnce(@ForAll List<Boolean> puts) throws InterruptedException {
    List<Integer> discarded = new ArrayList<>();
    List<Integer> taken = new ArrayList<>();
    int made = 0;
    int lost = 0;
    boolean full = false;
    try (NewestSlot<Integer> slot = new NewestSlot<>(discarded::add)) {
      for (boolean put : puts) {
        if (put) {
          lost += full ? 1 : 0;
          full = true;
          slot.replace(made++);
        } else {
          Optional<Integer> next = slot.take(Duration.ZERO);
          assertThat(next).isEqualTo(full ? Optional.of(made - 1) : Optional.empty());
          next.ifPresent(taken::add);
          full = false;
        }
      }
      assertThat(slot.dropped()).isEqualTo(lost);
    }
    taken.addAll(discarded);
    assertThat(taken).doesNotHaveDuplicates().hasSize(made);
  }

  @Test
  @Timeout(30)
  void waitersWakeForAnItemAndForTheEnd() throws Exception {
    List<String> discarded = new ArrayList<>();
    NewestSlot<String> slot = new NewestSlot<>(discarded::add);
    CompletableFuture<List<Optional<String>>> got = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                Optional<String> first = slot.take(PATIENCE);
                got.complete(List.of(first, slot.take(PATIENCE)));
              } catch (InterruptedException e) {
                got.completeExceptionally(e);
              }
            });
    slot.replace("a");
    slot.close();
    assertThat(got.get().getLast()).isEmpty();
    slot.replace("late");
    assertThat(discarded).contains("late");
    assertThat(slot.dropped()).isZero();
  }

  @Test
  @Timeout(30)
  void aWaitingPutDropsNothing() throws Exception {
    List<Integer> discarded = new ArrayList<>();
    var slot = new NewestSlot<Integer>(discarded::add);
    Thread putting =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    for (int i = 0; i < 100; i++) {
                      slot.put(i);
                    }
                    slot.end();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    List<Integer> taken = new ArrayList<>();
    while (slot.await()) {
      taken.add(slot.take().orElseThrow());
    }
    putting.join();
    assertThat(taken).hasSize(100).isSorted().doesNotHaveDuplicates();
    assertThat(slot.dropped()).isZero();
    assertThat(discarded).isEmpty();
  }

  @Test
  @Timeout(30)
  void anInterruptedPutDiscardsItsItem() throws Exception {
    List<Integer> discarded = new ArrayList<>();
    var slot = new NewestSlot<Integer>(discarded::add);
    slot.put(1);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> slot.put(2)).isInstanceOf(InterruptedException.class);
    assertThat(discarded).containsExactly(2);
    assertThat(slot.take()).contains(1);
  }

  @Test
  @Timeout(30)
  void peekingTakesNothingAndWaitsForAMatch() throws Exception {
    var slot = new NewestSlot<Integer>(number -> {});
    slot.replace(1);
    assertThat(slot.await(number -> number > 1, Duration.ZERO)).isEmpty();
    assertThat(slot.look(number -> number + 1)).contains(2);
    assertThat(slot.remove(2)).as("another one waits").isFalse();
    assertThat(slot.replace(2)).as("one was dropped").isTrue();
    assertThat(slot.await(number -> number > 1, PATIENCE)).contains(2);
    slot.end();
    assertThat(slot.remove(2)).as("after the end").isTrue();
    assertThat(slot.isEmpty()).isTrue();
    assertThat(slot.await()).isFalse();
    assertThat(slot.dropped()).isEqualTo(1);
  }
}
