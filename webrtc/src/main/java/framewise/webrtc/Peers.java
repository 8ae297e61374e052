package framewise.webrtc;

import dev.onvoid.webrtc.PeerConnectionFactory;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Makes peer connections of one kind of {@link PeerOptions}. The native library is loaded when the
 * first connection is made, and threads of it live until every {@code Peers} of the process that
 * made one is closed: without that the process does not end. Connections are closed before their
 * {@code Peers}. Any thread may call.
 */
public final class Peers implements AutoCloseable {
  private final PeerOptions options;
  private final Clock clock;
  private @Nullable PeerConnectionFactory factory;
  private boolean closed;

  public Peers(PeerOptions options) {
    this(options, Clock.systemUTC());
  }

  /**
   * @param clock tells when a far end counts as gone
   */
  public Peers(PeerOptions options, Clock clock) {
    this.options = options;
    this.clock = clock;
  }

  /** Whether connections can be made here, found out without making one. */
  public static Readiness readiness() {
    return NativeFactory.readiness();
  }

  /**
   * A connection that sends pictures.
   *
   * @throws PeersUnavailableException when this machine lacks what {@link #readiness} names
   */
  public Publisher publisher(PeerListener listener) {
    return new Publisher(factory(), options, clock, listener);
  }

  /**
   * A connection that takes pictures.
   *
   * @throws PeersUnavailableException when this machine lacks what {@link #readiness} names
   */
  public Receiver receiver(Patience patience, PeerListener listener) {
    return new Receiver(factory(), options, patience, clock, listener);
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (factory != null) {
      factory = null;
      NativeFactory.release();
    }
  }

  private synchronized PeerConnectionFactory factory() {
    if (closed) {
      throw new IllegalStateException("the peers are closed");
    }
    PeerConnectionFactory mine = factory;
    if (mine == null) {
      mine = NativeFactory.acquire();
      factory = mine;
    }
    return mine;
  }
}
