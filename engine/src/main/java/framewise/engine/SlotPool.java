package framewise.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Pool of slots of which one holder may have half, so that nobody can take them all. Safe for any
 * number of threads.
 */
public final class SlotPool {
  /** Holder of slots where there are no accounts: nobody else needs any. */
  public static final String ALONE = "";

  private final int places;
  private final Map<String, Integer> held = new HashMap<>();
  private int taken;

  /** A slot; free again once closed. */
  public interface Slot extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * @param places number of slots, 1 or more
   */
  public SlotPool(int places) {
    this.places = places;
  }

  /** Takes a slot; empty when none is left for this holder. */
  public synchronized Optional<Slot> take(String holder) {
    int own = held.getOrDefault(holder, 0);
    if (taken >= places || own >= maxPerHolder(holder)) {
      return Optional.empty();
    }
    taken++;
    held.put(holder, own + 1);
    var open = new AtomicBoolean(true);
    return Optional.of(
        () -> {
          if (open.compareAndSet(true, false)) {
            free(holder);
          }
        });
  }

  /** Whether a holder has reached its maximum while slots are still free for others. */
  public synchronized boolean isUsedUp(String holder) {
    return taken < places && held.getOrDefault(holder, 0) >= maxPerHolder(holder);
  }

  /** Maximum number of slots of a holder. */
  public int maxPerHolder(String holder) {
    return holder.equals(ALONE) ? places : Math.max(1, places / 2);
  }

  private synchronized void free(String holder) {
    taken--;
    held.computeIfPresent(holder, (same, own) -> own > 1 ? own - 1 : null);
  }
}
