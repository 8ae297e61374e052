package framewise.server.limits;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Pool of slots of which one client may hold half, so that no client can take them all. This
 * machine's own addresses may hold three quarters: behind a local proxy all clients share one.
 * Thread-safe.
 */
public final class FairShare {
  private final int places;
  private final Map<ClientAddress, Integer> held = new HashMap<>();
  private int taken;

  /** A slot; free again once closed. */
  public interface FairPlace extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * @param places number of slots, 1 or more
   */
  public FairShare(int places) {
    this.places = places;
  }

  /** Takes a slot; empty when none is left for this client. */
  public synchronized Optional<FairPlace> take(ClientAddress client) {
    int own = held.getOrDefault(client, 0);
    if (taken >= places || own >= share(client)) {
      return Optional.empty();
    }
    taken++;
    held.put(client, own + 1);
    var open = new AtomicBoolean(true);
    return Optional.of(
        () -> {
          if (open.compareAndSet(true, false)) {
            free(client);
          }
        });
  }

  /** Number of slots taken. */
  public synchronized int used() {
    return taken;
  }

  /** Whether not even a new client could get a slot. */
  public synchronized boolean isFull() {
    return taken >= places;
  }

  private int share(ClientAddress client) {
    return Math.max(1, client.local() ? places * 3 / 4 : places / 2);
  }

  private synchronized void free(ClientAddress client) {
    taken--;
    int own = held.getOrDefault(client, 0) - 1;
    if (own > 0) {
      held.put(client, own);
    } else {
      held.remove(client);
    }
  }
}
