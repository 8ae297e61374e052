package framewise.engine.files.s3;

import framewise.engine.files.S3Address;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Makes calls on virtual threads and interrupts those that take too long. An interrupt closes the
 * socket of a blocked virtual thread; a platform thread would stay blocked for as long as the peer
 * accepts no bytes. Safe for any number of threads.
 */
final class BoundedCalls implements AutoCloseable {
  private static final Duration MIN_CALL_TIMEOUT = Duration.ofSeconds(30);

  /** How long an interrupted call may take to end. */
  private static final Duration ENDING = Duration.ofSeconds(5);

  /** Lowest acceptable rate, in bytes a second; a slower connection counts as broken. */
  private static final long SLOWEST = 64 << 10;

  private final S3Address address;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("s3-", 0).factory());

  BoundedCalls(S3Address address) {
    this.address = address;
  }

  /** Maximum time for a body. */
  static Duration timeFor(long bytes) {
    return MIN_CALL_TIMEOUT.plusSeconds(bytes / SLOWEST);
  }

  /**
   * Checks the time that a body has taken so far.
   *
   * @throws framewise.engine.files.ObjectStoreException when that is too long
   */
  void requireInTime(long bytes, long nanos) throws IOException {
    if (nanos > timeFor(bytes).toNanos()) {
      throw S3Faults.tooSlow(address, bytes, Duration.ofNanos(nanos));
    }
  }

  /**
   * Makes a call. A failed or interrupted call has ended before this returns, unless that takes
   * longer than {@link #ENDING}, so that it can't race with the next call to the store.
   *
   * @param longest how long it may take
   * @throws NoSuchFileException when the object doesn't exist
   * @throws framewise.engine.files.ObjectStoreException when the store is at fault
   */
  <T> T make(Duration longest, Callable<T> call) throws IOException {
    Call<T> made = start(call);
    try {
      return made.result().get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw S3Faults.tooSlow(address, longest, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new java.io.InterruptedIOException("interrupted during a call of " + address.shown());
    } catch (ExecutionException e) {
      throw failure(Objects.requireNonNullElse(e.getCause(), e));
    } finally {
      if (made.result().cancel(true)) {
        waitFor(made.ended());
      }
    }
  }

  /**
   * Makes a call that an interrupt does not abort, because what it creates at the store would
   * otherwise be left behind. The thread's interrupt status stays set.
   */
  <T> T makeWhole(Duration longest, Callable<T> call) throws IOException {
    var whole = new CompletableFuture<T>();
    threads.execute(
        () -> {
          try {
            whole.complete(make(longest, call));
          } catch (IOException | RuntimeException e) {
            whole.completeExceptionally(e);
          }
        });
    try {
      return whole.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof IOException failed) {
        throw failed;
      }
      throw e;
    }
  }

  /**
   * @param ended counted down when the call's code has ended
   */
  private record Call<T>(Future<T> result, CountDownLatch ended) {}

  private <T> Call<T> start(Callable<T> call) {
    var ended = new CountDownLatch(1);
    Callable<T> counted =
        () -> {
          try {
            return call.call();
          } finally {
            ended.countDown();
          }
        };
    return new Call<>(threads.submit(counted), ended);
  }

  private static void waitFor(CountDownLatch ended) {
    boolean interrupted = Thread.interrupted();
    try {
      boolean _ = ended.await(ENDING.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The exception for a failed call. */
  IOException failure(Throwable cause) {
    return switch (cause) {
      case S3Exception missing when S3Store.isMissing(missing) ->
          new NoSuchFileException(address.shown());
      case SdkException sdk -> S3Faults.of(address, sdk);
      case IOException io -> S3Faults.broken(address, io);
      case RuntimeException bug -> throw bug;
      default -> throw new IllegalStateException(cause);
    };
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
