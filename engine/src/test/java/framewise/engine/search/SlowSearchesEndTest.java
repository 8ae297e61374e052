package framewise.engine.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import framewise.engine.Refusal.Code;
import framewise.engine.RefusedException;
import framewise.engine.SlotPool;
import framewise.engine.store.Database;
import framewise.engine.store.DiskSpace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Seen: a search for {@code w*} in 80,000 answers of 40 different words took 9 s, and went on after
 * its client left. Forty of them occupied all carriers of virtual threads.
 */
@Timeout(60)
class SlowSearchesEndTest {
  @TempDir Path folder;

  @Test
  void afterTheirLimit() throws Exception {
    try (Database database = Database.open(folder.resolve("test.db"), DiskSpace.of(folder))) {
      fill(database, 10_000);
      var hasty = new AnswerSearch(database, Duration.ofMillis(20));
      assertThatThrownBy(() -> find(hasty, "w*"))
          .hasMessageContaining("The search was ended after")
          .isInstanceOfSatisfying(
              RefusedException.class,
              e -> assertThat(e.refusal().code()).isEqualTo(Code.SEARCH_TOO_LONG));
      assertThat(database.damage()).isEmpty();
      var patient = new AnswerSearch(database, Duration.ofSeconds(50));
      assertThat(find(patient, "w*").hits()).as("sessions that don't exist").isZero();
    }
  }

  @Test
  void andAreFewAtATime() throws Exception {
    var threads = new SearchThreads(4);
    var end = new CountDownLatch(1);
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> held;
      try {
        held =
            Stream.of("greedy", "greedy", "other")
                .map(
                    holder -> {
                      var begun = new CountDownLatch(1);
                      Future<Boolean> search =
                          callers.submit(() -> threads.call(holder, () -> onThread(begun, end)));
                      await(begun);
                      return search;
                    })
                .toList();
        assertThatThrownBy(() -> threads.call("greedy", () -> true))
            .hasMessageStartingWith("2 of your searches are under way, which is the limit");
        assertThat(threads.call("third", () -> true)).isTrue();
      } finally {
        end.countDown();
      }
      for (Future<Boolean> one : held) {
        assertThat(one.get()).as("on a virtual thread").isFalse();
      }
      assertThat(threads.call("greedy", () -> true)).as("a place is free").isTrue();
    }
  }

  private static boolean onThread(CountDownLatch begun, CountDownLatch end) {
    begun.countDown();
    await(end);
    return Thread.currentThread().isVirtual();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static SearchPage find(AnswerSearch search, String query) throws InterruptedException {
    return search.find(
        SlotPool.ALONE, SearchQuery.parse(query), AnswerFilter.ALL, Optional.empty(), 0, 20, 5);
  }

  private static void fill(Database database, int answers) {
    var random = new Random(1);
    database.write(
        handle -> {
          var batch = handle.prepareBatch("INSERT INTO answer_text (rowid, text) VALUES (?, ?)");
          for (int i = 0; i < answers; i++) {
            String text =
                random
                    .ints(40, 0, 5_000)
                    .mapToObj(word -> "w" + Integer.toHexString(word))
                    .collect(Collectors.joining(" "));
            batch.add(i + 1, text);
          }
          batch.execute();
        });
  }
}
