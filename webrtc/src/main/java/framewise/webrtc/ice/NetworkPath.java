package framewise.webrtc.ice;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A way to a remote address from one of our sockets.
 *
 * @param socket ours
 * @param remote the remote address
 */
public record NetworkPath(DatagramChannel socket, InetSocketAddress remote) {
  private static final Logger LOG = LoggerFactory.getLogger(NetworkPath.class);

  /**
   * Sends a datagram. Drops it when the socket's buffer is full or there is no way at the moment,
   * as any network may. Any thread may call it.
   */
  public void send(ByteBuffer datagram) {
    try {
      int _ = socket.send(datagram, remote);
    } catch (IOException e) {
      LOG.debug("A datagram could not be sent: {}", e.toString());
    }
  }
}
