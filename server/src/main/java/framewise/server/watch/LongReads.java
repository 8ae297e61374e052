package framewise.server.watch;

import framewise.server.http.Problem;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Limits calls that read the whole log of a session, each of which may take a second of a
 * processor. Safe for any number of threads.
 */
final class LongReads {
  /** Maximum number at a time. */
  static final int MAX_COUNT = 4;

  private static final Duration AGAIN = Duration.ofSeconds(5);

  private final Semaphore places = new Semaphore(MAX_COUNT);

  /**
   * Does the work, if a slot is free.
   *
   * @throws framewise.server.http.ProblemException 503 when none is free
   */
  <T> T read(Supplier<T> work) {
    if (!places.tryAcquire()) {
      throw Problem.of(
              HttpStatus.SERVICE_UNAVAILABLE_503,
              "busy",
              "%d such calls are running, which is the limit. Try again in a few seconds."
                  .formatted(MAX_COUNT))
          .retryAfter(AGAIN)
          .asException();
    }
    try {
      return work.get();
    } finally {
      places.release();
    }
  }
}
