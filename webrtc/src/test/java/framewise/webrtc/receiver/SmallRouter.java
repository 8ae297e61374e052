package framewise.webrtc.receiver;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A router with one host behind it, and one address on each side. It forwards the host's packets to
 * the outsider that sent the last packet, initially to a server.
 */
public final class SmallRouter implements AutoCloseable {
  private final DatagramSocket inside;
  private final DatagramSocket outside;
  private volatile SocketAddress outsider;
  private volatile @Nullable SocketAddress host;

  public SmallRouter(InetAddress address, InetSocketAddress server) throws IOException {
    this.inside = new DatagramSocket(0, address);
    this.outside = new DatagramSocket(0, address);
    this.outsider = server;
    Thread.ofVirtual().start(this::outwards);
    Thread.ofVirtual().start(this::inwards);
  }

  /** The address to which the host sends. */
  public InetSocketAddress inside() {
    return (InetSocketAddress) inside.getLocalSocketAddress();
  }

  /** The address to which outsiders send. */
  public InetSocketAddress outside() {
    return (InetSocketAddress) outside.getLocalSocketAddress();
  }

  @Override
  public void close() {
    inside.close();
    outside.close();
  }

  private void outwards() {
    var packet = new DatagramPacket(new byte[2_048], 2_048);
    try {
      while (true) {
        inside.receive(packet);
        host = packet.getSocketAddress();
        forward(packet, outside, outsider);
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  private void inwards() {
    var packet = new DatagramPacket(new byte[2_048], 2_048);
    try {
      while (true) {
        outside.receive(packet);
        outsider = packet.getSocketAddress();
        SocketAddress known = host;
        if (known != null) {
          forward(packet, inside, known);
        }
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  private static void forward(DatagramPacket packet, DatagramSocket from, SocketAddress to)
      throws IOException {
    byte[] bytes = Arrays.copyOf(packet.getData(), packet.getLength());
    from.send(new DatagramPacket(bytes, bytes.length, to));
  }
}
