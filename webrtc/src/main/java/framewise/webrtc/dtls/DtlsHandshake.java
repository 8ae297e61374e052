package framewise.webrtc.dtls;

import framewise.webrtc.srtp.SrtpKeys;
import java.io.IOException;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A handshake with one remote peer on a virtual thread of its own, and afterwards the wait for the
 * peer's close_notify alert. It happens once: after a failure, it can only be closed. Thread-safe.
 */
public final class DtlsHandshake implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DtlsHandshake.class);

  /** The wait for close_notify starts over after this time. */
  private static final int WAIT_MILLIS = 60_000;

  private final DtlsRole role;
  private final DatagramQueue queue;
  private final Outcome outcome;
  private @Nullable Thread thread;
  private volatile @Nullable DTLSTransport transport;
  private volatile boolean closed;

  /** Carries a datagram to the peer. */
  @FunctionalInterface
  public interface DatagramSender {
    void send(byte[] buffer, int offset, int length) throws IOException;
  }

  /** Receives the outcome of a handshake; called on its thread. */
  public interface Outcome {
    /** Both sides have agreed on keys. */
    void agreed(SrtpKeys keys);

    /**
     * It failed, or the connection has ended. Not called after our own close.
     *
     * @param goodbye whether the peer has ended it
     */
    void ended(boolean goodbye);
  }

  /**
   * @param role which side begins
   * @param way used only between {@link #start} and close
   */
  public DtlsHandshake(DtlsRole role, DatagramSender way, Outcome outcome) {
    this.role = role;
    this.queue = new DatagramQueue(way);
    this.outcome = outcome;
  }

  /** Starts the handshake; later calls do nothing. */
  public synchronized void start() {
    if (thread == null && !closed) {
      thread = Thread.ofVirtual().name("dtls").start(this::run);
    }
  }

  /** Takes a datagram of the peer. */
  public void take(byte[] datagram) {
    queue.put(datagram);
  }

  /** Sends close_notify to the peer and ends the thread. */
  @Override
  public void close() {
    closed = true;
    DTLSTransport open = transport;
    try {
      if (open != null) {
        open.close();
      }
    } catch (IOException e) {
      LOG.debug("Failed to send close_notify to a peer: {}", e.toString());
    } finally {
      queue.end();
    }
  }

  private void run() {
    try {
      DTLSTransport agreed = connect();
      transport = agreed;
      outcome.agreed(role.keys());
      byte[] ignored = new byte[agreed.getReceiveLimit()];
      while (!closed && !role.isOver()) {
        int _ = agreed.receive(ignored, 0, ignored.length, WAIT_MILLIS);
      }
    } catch (IOException | RuntimeException e) {
      LOG.debug("A DTLS connection ended: {}", e.toString());
    }
    if (!closed) {
      outcome.ended(role.isOver());
    }
  }

  private DTLSTransport connect() throws IOException {
    return switch (role) {
      case DtlsClient client -> new DTLSClientProtocol().connect(client, queue);
      case DtlsServer server -> new DTLSServerProtocol().accept(server, queue);
    };
  }
}
