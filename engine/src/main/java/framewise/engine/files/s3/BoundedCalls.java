package framewise.engine.files.s3;

import framewise.engine.files.S3Address;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Makes calls in virtual threads and ends those that take too long: an interrupt closes the socket
 * of a virtual thread, while a platform thread would wait for as long as the peer takes no more
 * bytes. Safe for any number of threads.
 */
final class BoundedCalls implements AutoCloseable {
  private static final Duration LEAST = Duration.ofSeconds(30);

  /** Bytes a second; a slower connection counts as broken. */
  private static final long SLOWEST = 64 << 10;

  private final S3Address address;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("s3-", 0).factory());

  BoundedCalls(S3Address address) {
    this.address = address;
  }

  /** The time that sending a body may take. */
  static Duration timeFor(long bytes) {
    return LEAST.plusSeconds(bytes / SLOWEST);
  }

  /**
   * Makes a call.
   *
   * @param longest how long it may take
   * @throws NoSuchFileException when the object doesn't exist
   * @throws framewise.engine.files.ObjectStoreException when the store is at fault
   */
  <T> T make(Duration longest, Callable<T> call) throws IOException {
    Future<T> result = threads.submit(call);
    try {
      return result.get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw S3Faults.tooSlow(address, longest, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new java.io.InterruptedIOException("interrupted during a call of " + address.shown());
    } catch (ExecutionException e) {
      throw failure(Objects.requireNonNullElse(e.getCause(), e));
    } finally {
      result.cancel(true);
    }
  }

  /** What a failure of a call means. */
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
