package framewise.server.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import framewise.server.http.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests {@link LongReads}. */
@Timeout(60)
class LongReadsAreFewAtATimeTest {
  @Test
  void oneMoreIsRefusedUntilAPlaceIsFree() throws Exception {
    var reads = new LongReads();
    var begun = new CountDownLatch(LongReads.MAX_COUNT);
    var end = new CountDownLatch(1);
    List<CompletableFuture<String>> held = new ArrayList<>();
    for (int i = 0; i < LongReads.MAX_COUNT; i++) {
      String holder = i < LongReads.MAX_COUNT / 2 ? "greedy" : "other";
      var result = new CompletableFuture<String>();
      held.add(result);
      Thread.ofVirtual()
          .start(() -> result.complete(reads.read(holder, () -> waiting(begun, end))));
    }
    begun.await();
    assertThatThrownBy(() -> reads.read("third", () -> "more"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("4 such calls are running");
    end.countDown();
    for (CompletableFuture<String> one : held) {
      assertThat(one.get()).isEqualTo("done");
    }
    assertThat(reads.read("third", () -> "more")).isEqualTo("more");
  }

  /** Seen: twelve recaps at a time of one operator, and another one got 503. */
  @Test
  void oneCallerHasHalf() {
    var reads = new LongReads();
    String got =
        reads.read(
            "greedy",
            () ->
                reads.read(
                    "greedy",
                    () -> {
                      assertThatThrownBy(() -> reads.read("greedy", () -> "third"))
                          .isInstanceOf(ProblemException.class)
                          .hasMessageContaining("2 of your calls of this kind are running");
                      return reads.read("other", () -> "done");
                    }));
    assertThat(got).isEqualTo("done");
  }

  private static String waiting(CountDownLatch begun, CountDownLatch end) {
    begun.countDown();
    try {
      end.await();
      return "done";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "stopped";
    }
  }
}
