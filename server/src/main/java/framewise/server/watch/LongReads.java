package framewise.server.watch;

import framewise.engine.SlotPool;
import framewise.engine.SlotPool.Slot;
import framewise.server.http.Problem;
import framewise.server.http.ProblemException;
import java.time.Duration;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Limits calls that read the whole log of a session, each of which may take a second of a
 * processor; a caller may have half of the places. Safe for any number of threads.
 */
final class LongReads {
  /** Maximum number at a time. */
  static final int MAX_COUNT = 4;

  private static final Duration AGAIN = Duration.ofSeconds(5);

  private final SlotPool places = new SlotPool(MAX_COUNT);

  /**
   * Does the work, if a slot is free.
   *
   * @param holder the caller, for its share of the places
   * @throws ProblemException 503 when none is free for this holder
   */
  <T> T read(String holder, Supplier<T> work) {
    try (Slot _ = places.take(holder).orElseThrow(() -> busy(holder))) {
      return work.get();
    }
  }

  private ProblemException busy(String holder) {
    return Problem.of(
            HttpStatus.SERVICE_UNAVAILABLE_503,
            "busy",
            places.isUsedUp(holder)
                ? "%d of your calls of this kind are running, which is the limit of one account or key. Try again in a few seconds."
                    .formatted(places.maxPerHolder(holder))
                : "%d such calls are running, which is the limit. Try again in a few seconds."
                    .formatted(MAX_COUNT))
        .retryAfter(AGAIN)
        .asException();
  }
}
