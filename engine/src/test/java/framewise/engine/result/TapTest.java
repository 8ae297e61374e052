package framewise.engine.result;

import static framewise.engine.result.Logs.answered;
import static org.assertj.core.api.Assertions.assertThat;

import framewise.engine.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class TapTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;
  private Logs logs;

  @BeforeEach
  void open() {
    logs = new Logs(folder);
  }

  @AfterEach
  void close() {
    logs.close();
  }

  @Test
  void yieldsEachEventOnceAndInOrderDuringWrites() throws Exception {
    ResultLog log = logs.open();
    log.startRun();
    CompletableFuture<List<Long>> seen = readToTheEnd(log.tap(0));
    for (int i = 0; i < 500; i++) {
      log.append(answered(i));
    }
    log.append(new Event.Ended(Status.FINISHED, "The video ended."));
    assertThat(seen.get())
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 501).boxed().toList());
  }

  /**
   * Seen: for each of 400 clients that read nothing, a hundred events of 20 KB were held, which
   * filled the heap.
   */
  @Test
  void pagesOfLargeEventsAreShort() throws Exception {
    ResultLog log = logs.open();
    log.startRun();
    for (int i = 0; i < 10; i++) {
      log.append(new Event.PromptUpdated(Optional.empty(), "many words ".repeat(2_000)));
    }
    assertThat(log.after(0, 100, 32 << 10, false).events()).hasSize(2);
    assertThat(log.after(0, 100, 1, false).events()).hasSize(1);
    assertThat(log.after(10, 100, 1, false).events()).isEmpty();
    assertThat(log.after(0, 3, Long.MAX_VALUE, false).events()).hasSize(3);
    log.append(new Event.Ended(Status.FINISHED, "The video ended."));
    assertThat(readToTheEnd(log.tap(0)).get()).hasSize(11);
  }

  /** Seen: each client opened the database for each event, which took a millisecond or two. */
  @Test
  void newEventsOfARunAreTheStoredOnesWithoutReadingThem() throws Exception {
    ResultLog log = logs.open();
    log.startRun();
    log.append(answered(0));
    log.append(answered(1));
    List<LoggedEvent> stored = log.after(0, 10);
    logs.database().write(handle -> handle.execute("DELETE FROM event"));
    assertThat(log.after(0, 100, 32 << 10, false)).isEqualTo(new LogPage(stored, false));
    assertThat(log.after(1, 100, 32 << 10, false).events())
        .extracting(LoggedEvent::seq)
        .containsExactly(2L);
    log.append(new Event.Ended(Status.FINISHED, "The video ended."));
    assertThat(log.after(0, 100, 32 << 10, false).events())
        .as("a finished run takes no memory")
        .extracting(LoggedEvent::seq)
        .containsExactly(3L);
  }

  @Test
  void resumesAfterTheGivenNumber() throws Exception {
    ResultLog log = logs.open();
    log.startRun();
    for (int i = 0; i < 10; i++) {
      log.append(answered(i));
    }
    log.append(new Event.Ended(Status.FINISHED, "The video ended."));
    assertThat(readToTheEnd(log.tap(7)).get()).containsExactly(8L, 9L, 10L, 11L);
  }

  @Test
  void endsAtOnceForAClientThatIsUpToDate() throws Exception {
    ResultLog log = logs.open();
    log.startRun();
    log.append(new Event.Ended(Status.STOPPED, "Stopped on request."));
    assertThat(log.tap(1).isOver()).isTrue();
    assertThat(log.tap(1).next(PATIENCE)).isEmpty();
  }

  @Test
  void waitsForTheFirstStart() throws Exception {
    ResultLog log = logs.open();
    Tap tap = log.tap(0);
    assertThat(tap.isOver()).isFalse();
    assertThat(tap.next(Duration.ofMillis(1))).isEmpty();
    log.startRun();
    log.append(answered(0));
    assertThat(tap.next(PATIENCE)).get().extracting(LoggedEvent::seq).isEqualTo(1L);
  }

  @Test
  void continuesIntoTheNextRun() throws Exception {
    ResultLog log = logs.open();
    log.startRun();
    log.append(new Event.Ended(Status.STOPPED, "Stopped on request."));
    log.startRun();
    Tap tap = log.tap(0);
    assertThat(tap.next(PATIENCE)).isPresent();
    assertThat(tap.isOver()).isFalse();
  }

  @Test
  void waitsForTheNextStartOnRequest() throws Exception {
    ResultLog log = logs.open();
    log.startRun();
    log.append(new Event.Ended(Status.STOPPED, "Stopped on request."));
    Tap tap = log.tapUntilStarted(1);
    assertThat(tap.isOver()).isFalse();
    assertThat(tap.next(Duration.ofMillis(1))).isEmpty();
    log.startRun();
    log.append(answered(0));
    assertThat(tap.next(PATIENCE)).get().extracting(LoggedEvent::seq).isEqualTo(2L);
    log.append(new Event.Ended(Status.STOPPED, "Stopped on request."));
    assertThat(tap.next(PATIENCE)).isPresent();
    assertThat(tap.isOver()).isTrue();
  }

  @Test
  void endsWhenTheSessionIsDeleted() throws Exception {
    ResultLog log = logs.open();
    log.startRun();
    CompletableFuture<List<Long>> seen = readToTheEnd(log.tap(0));
    log.close();
    assertThat(seen.get()).isEmpty();
  }

  private static CompletableFuture<List<Long>> readToTheEnd(Tap tap) {
    var seen = new CompletableFuture<List<Long>>();
    Thread.startVirtualThread(
        () -> {
          List<Long> numbers = new ArrayList<>();
          try {
            while (!tap.isOver()) {
              tap.next(PATIENCE).ifPresent(event -> numbers.add(event.seq()));
            }
            seen.complete(numbers);
          } catch (InterruptedException | RuntimeException e) {
            seen.completeExceptionally(e);
          }
        });
    return seen;
  }
}
