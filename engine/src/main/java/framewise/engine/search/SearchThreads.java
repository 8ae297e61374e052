package framewise.engine.search;

import framewise.engine.Refusal;
import framewise.engine.Refusal.Code;
import framewise.engine.RefusedException;
import framewise.engine.SlotPool;
import framewise.engine.SlotPool.Slot;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * Runs few searches at a time, each on a platform thread: on virtual threads, native code would
 * occupy the carriers, and delay every other request. Safe for any number of threads.
 */
final class SearchThreads {
  private final int count;
  private final SlotPool places;

  /**
   * @param count maximum number of searches at a time
   */
  SearchThreads(int count) {
    this.count = count;
    this.places = new SlotPool(count);
  }

  /**
   * Searches and waits for the result; rethrows exceptions. The place is taken until the search
   * ends, even if the caller no longer waits.
   *
   * @throws RefusedException when there is no place for this holder
   */
  <T> T call(String holder, Supplier<T> search) throws InterruptedException {
    Slot place = places.take(holder).orElseThrow(() -> tooMany(holder));
    var task =
        new FutureTask<T>(
            () -> {
              try (place) {
                return search.get();
              }
            });
    Thread.ofPlatform().daemon().name("search").start(task);
    try {
      return task.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException broken -> throw broken;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  private RefusedException tooMany(String holder) {
    return Refusal.of(
            Code.TOO_MANY_SEARCHES,
            places.isUsedUp(holder)
                ? "%d of your searches are under way, which is the limit of one account or key. Try again in a moment."
                    .formatted(places.maxPerHolder(holder))
                : "%d searches are under way, which is the limit. Try again in a moment."
                    .formatted(count))
        .asException();
  }
}
