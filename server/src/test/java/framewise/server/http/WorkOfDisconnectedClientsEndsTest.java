package framewise.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Seen: a service waited for the copy of a video that nobody wanted any more. */
@Timeout(60)
class WorkOfDisconnectedClientsEndsTest {
  @Test
  void whenTheThreadsAreClosed() throws Exception {
    var threads = new PlatformThreads("copying videos", 1, 5);
    var begun = new CountDownLatch(1);
    var forever = new CountDownLatch(1);
    CompletableFuture<Throwable> running =
        failureOf(
            threads,
            () -> {
              begun.countDown();
              forever.await();
            });
    begun.await();
    CompletableFuture<Throwable> queued = failureOf(threads, () -> {});
    while (threads.busy() < 2) {
      Thread.onSpinWait();
    }

    threads.close();

    assertThat(running.get()).hasRootCauseInstanceOf(InterruptedException.class);
    assertThat(queued.get()).isInstanceOf(CancellationException.class);
    assertThatThrownBy(() -> threads.call(() -> 1)).isInstanceOf(ProblemException.class);
  }

  private interface Work {
    void run() throws Exception;
  }

  private static CompletableFuture<Throwable> failureOf(PlatformThreads threads, Work work) {
    var failure = new CompletableFuture<Throwable>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                threads.call(
                    () -> {
                      work.run();
                      return 0;
                    });
              } catch (Exception e) {
                failure.complete(e);
              }
            });
    return failure;
  }
}
