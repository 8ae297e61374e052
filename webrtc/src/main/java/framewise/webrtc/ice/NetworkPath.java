package framewise.webrtc.ice;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A path from one of our sockets to a remote address.
 *
 * @param socket ours
 * @param remote the remote address
 * @param relay forwards datagrams from a server in between; empty for a direct path
 */
public record NetworkPath(DatagramChannel socket, InetSocketAddress remote, Optional<Relay> relay) {
  private static final Logger LOG = LoggerFactory.getLogger(NetworkPath.class);

  /** Forwards datagrams. */
  @FunctionalInterface
  public interface Relay {
    /** Sends a datagram to a peer. Any thread may call it. */
    void send(ByteBuffer datagram, InetSocketAddress peer);
  }

  /**
   * Sends a datagram. Drops it when the socket's buffer is full or no route exists at the moment,
   * as any network may. Any thread may call it.
   */
  public void send(ByteBuffer datagram) {
    if (relay.isPresent()) {
      relay.get().send(datagram, remote);
      return;
    }
    try {
      int _ = socket.send(datagram, remote);
    } catch (IOException e) {
      LOG.debug("A datagram could not be sent: {}", e.toString());
    }
  }
}
