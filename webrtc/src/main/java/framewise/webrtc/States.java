package framewise.webrtc;

import framewise.time.WallClock;
import java.time.Instant;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection's state and its notifications. libwebrtc reports states on its signalling thread,
 * which must not wait, throw or close the connection; listeners are called on a virtual thread
 * instead, which lives only while there are notifications.
 */
final class States {
  private static final Logger LOG = LoggerFactory.getLogger(States.class);

  private final WallClock clock;
  private final PeerListener listener;
  private final Queue<ConnectionState> unreported = new ConcurrentLinkedQueue<>();
  private final AtomicInteger pending = new AtomicInteger();
  private volatile ConnectionState current = ConnectionState.NEW;
  private volatile @Nullable Instant connectedAt;

  States(WallClock clock, PeerListener listener) {
    this.clock = clock;
    this.listener = listener;
  }

  ConnectionState current() {
    return current;
  }

  /** When the connection was first established; empty before. */
  Optional<Instant> connectedAt() {
    return Optional.ofNullable(connectedAt);
  }

  /** Records a state; CLOSED is final. */
  synchronized void set(ConnectionState state) {
    if (current == state || current == ConnectionState.CLOSED) {
      return;
    }
    current = state;
    if (state == ConnectionState.CONNECTED && connectedAt == null) {
      connectedAt = clock.now();
    }
    unreported.add(state);
    if (pending.getAndIncrement() == 0) {
      Thread.ofVirtual().name("peer-state").start(this::notifyListeners);
    }
  }

  private void notifyListeners() {
    do {
      ConnectionState state = unreported.remove();
      try {
        listener.stateChanged(state);
      } catch (RuntimeException e) {
        LOG.warn("A listener failed on state {}", state, e);
      }
    } while (pending.decrementAndGet() > 0);
  }
}
