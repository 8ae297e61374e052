package framewise.engine.result;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Publishes partial answers of a session. A client that is ready to read gets the newest text of
 * each answer; intermediate texts are skipped, and publishing never blocks. Safe for any number of
 * threads.
 */
public final class Partials {
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  /** One client's subscription. Read by one thread, published to by any. */
  public final class Listener implements AutoCloseable {
    private final Map<String, Partial> newest = new LinkedHashMap<>();

    /** An answer that has grown since the last call; empty if none has. */
    public Optional<Partial> next() {
      synchronized (newest) {
        var first = newest.values().stream().findFirst();
        first.ifPresent(partial -> newest.remove(partial.id()));
        return first;
      }
    }

    private void forget(String id) {
      synchronized (newest) {
        newest.remove(id);
      }
    }

    @Override
    public void close() {
      listeners.remove(this);
    }

    private void offer(Partial partial) {
      synchronized (newest) {
        newest.put(partial.id(), partial);
      }
    }
  }

  /** Subscribes a client, until the listener is closed. */
  public Listener listen() {
    var listener = new Listener();
    listeners.add(listener);
    return listener;
  }

  /** Whether there are subscribers. */
  public boolean wanted() {
    return !listeners.isEmpty();
  }

  /** Discards the partial text of a finished answer. */
  public void discard(String id) {
    listeners.forEach(listener -> listener.forget(id));
  }

  /** Publishes a partial answer. */
  public void publish(Partial partial) {
    listeners.forEach(listener -> listener.offer(partial));
  }
}
