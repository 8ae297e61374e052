package framewise.server.limits;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A number of places of which one client may hold half, so that nobody can take them all. This
 * machine's own addresses may hold three quarters: behind a proxy on it all clients have one.
 * Thread-safe.
 */
public final class FairShare {
  private final int places;
  private final Map<ClientAddress, Integer> held = new HashMap<>();
  private int taken;

  /** A place; it is free again once it is closed. */
  public interface Place extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * @param places how many there are, 1 or more
   */
  public FairShare(int places) {
    this.places = places;
  }

  /** Takes a place; empty when there is none for this client. */
  public synchronized Optional<Place> take(ClientAddress client) {
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

  /** How many places are taken. */
  public synchronized int taken() {
    return taken;
  }

  /** Whether not even a new client finds a place. */
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
