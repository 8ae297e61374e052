package framewise.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class NewestPictureWinsTest {
  @Property
  void eachThingIsTakenOrDiscardedOnceAndTheNewestIsTaken(@ForAll List<Boolean> puts)
      throws InterruptedException {
    List<Integer> discarded = new ArrayList<>();
    List<Integer> taken = new ArrayList<>();
    int made = 0;
    int lost = 0;
    boolean full = false;
    try (Mailbox<Integer> mailbox = new Mailbox<>(discarded::add)) {
      for (boolean put : puts) {
        if (put) {
          lost += full ? 1 : 0;
          full = true;
          mailbox.put(made++);
        } else {
          Optional<Integer> next = mailbox.take(Duration.ZERO);
          assertThat(next).isEqualTo(full ? Optional.of(made - 1) : Optional.empty());
          next.ifPresent(taken::add);
          full = false;
        }
      }
      assertThat(mailbox.dropped()).isEqualTo(lost);
    }
    taken.addAll(discarded);
    assertThat(taken).doesNotHaveDuplicates().hasSize(made);
  }

  @Test
  void whoWaitsIsWokenByAThingAndByTheEnd() throws Exception {
    List<String> discarded = new ArrayList<>();
    Mailbox<String> mailbox = new Mailbox<>(discarded::add);
    CompletableFuture<List<Optional<String>>> got = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                Optional<String> first = mailbox.take(Pair.PATIENCE);
                got.complete(List.of(first, mailbox.take(Pair.PATIENCE)));
              } catch (InterruptedException e) {
                got.completeExceptionally(e);
              }
            });
    mailbox.put("a");
    mailbox.close();
    assertThat(got.get().getLast()).isEmpty();
    mailbox.put("late");
    assertThat(discarded).contains("late");
    assertThat(mailbox.dropped()).isZero();
  }

  @Test
  void aReceiverThatIsNotAskedKeepsOnePictureOnly() throws Exception {
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
      try (var newest = pair.receiver.next(Pair.PATIENCE).orElseThrow()) {
        assertThat(newest.width()).isEqualTo(320);
      }
    }
  }
}
