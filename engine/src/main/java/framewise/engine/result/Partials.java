package framewise.engine.result;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Answers of a session that are still being written, for clients that want to see them grow. Of
 * each answer a client gets the newest text there is when it has time for it; nothing waits. Safe
 * for any number of threads.
 */
public final class Partials {
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  /** One client's. Used by one thread, and told by any. */
  public final class Listener implements AutoCloseable {
    private final Map<String, Partial> newest = new LinkedHashMap<>();

    /** An answer that has grown since the last call; empty where none has. */
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

    private void tell(Partial partial) {
      synchronized (newest) {
        newest.put(partial.id(), partial);
      }
    }
  }

  /** Listens from now on, until it is closed. */
  public Listener listen() {
    var listener = new Listener();
    listeners.add(listener);
    return listener;
  }

  /** Whether anybody listens. */
  public boolean wanted() {
    return !listeners.isEmpty();
  }

  /** The answer is whole: what was not seen of its writing is of no use. */
  public void over(String id) {
    listeners.forEach(listener -> listener.forget(id));
  }

  /** An answer has grown. */
  public void tell(Partial partial) {
    listeners.forEach(listener -> listener.tell(partial));
  }
}
