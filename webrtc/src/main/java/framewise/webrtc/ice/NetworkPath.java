package framewise.webrtc.ice;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/**
 * A way to a remote address from one of our sockets.
 *
 * @param socket ours
 * @param remote the remote address
 */
public record NetworkPath(DatagramChannel socket, InetSocketAddress remote) {
  /** Sends a datagram; drops it when the socket's buffer is full. Any thread may call it. */
  public void send(ByteBuffer datagram) throws IOException {
    int _ = socket.send(datagram, remote);
  }
}
