package framewise.webrtc.ice;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One UDP socket for each network address of this machine, so that an answer leaves from the
 * address that the question came to. Read by one thread; any may {@linkplain #wake wake} it and
 * close them.
 */
public final class MediaSockets implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MediaSockets.class);

  /** Maximum addresses; libwebrtc's limit on networks is 16, most of them of no use. */
  private static final int MAX_ADDRESSES = 8;

  /** Larger datagrams are ignored; media has 1.2 kB, and no more than an Ethernet frame. */
  private static final int MAX_DATAGRAM = 2_048;

  /** A key frame of 1080p arrives at once: some 300 packets. The system may grant less. */
  private static final int BUFFER_BYTES = 1 << 20;

  /** Datagrams of one socket before the others get their turn. */
  private static final int AT_A_TIME = 64;

  private final Selector selector;
  private final List<DatagramChannel> sockets = new ArrayList<>();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(MAX_DATAGRAM + 1);

  /** Receives datagrams. */
  @FunctionalInterface
  public interface Sink {
    /**
     * Takes one datagram.
     *
     * @param datagram valid during the call
     */
    void take(ByteBuffer datagram, NetworkPath path);
  }

  private MediaSockets(Selector selector) {
    this.selector = selector;
  }

  /**
   * Opens a socket for each address of this machine that others can reach.
   *
   * @param ports the only ones to use; empty for any
   */
  public static MediaSockets open(Optional<PortRange> ports) throws IOException {
    int first = ports.map(PortRange::first).orElse(0);
    int last = ports.map(PortRange::last).orElse(0);
    MediaSockets opened = new MediaSockets(Selector.open());
    try {
      for (InetAddress address : addresses()) {
        opened.bind(address, first, last);
      }
      return opened;
    } catch (IOException | RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  /** The sockets' addresses; empty when the machine has none but loopback, or no port is free. */
  public List<InetSocketAddress> local() throws IOException {
    List<InetSocketAddress> found = new ArrayList<>();
    for (DatagramChannel socket : sockets) {
      if (socket.getLocalAddress() instanceof InetSocketAddress local) {
        found.add(local);
      }
    }
    return found;
  }

  /** The sockets themselves. */
  public List<DatagramChannel> channels() {
    return List.copyOf(sockets);
  }

  /** A socket's own address; empty once it is closed. */
  static Optional<InetAddress> address(DatagramChannel socket) {
    try {
      return socket.getLocalAddress() instanceof InetSocketAddress local
          ? Optional.of(local.getAddress())
          : Optional.empty();
    } catch (IOException closed) {
      return Optional.empty();
    }
  }

  /**
   * Waits for datagrams and passes on those that have arrived.
   *
   * @param millis maximum wait, 1 or more
   */
  public void read(long millis, Sink sink) throws IOException {
    selector.select(millis);
    for (SelectionKey key : selector.selectedKeys()) {
      if (key.isValid() && key.channel() instanceof DatagramChannel socket) {
        read(socket, sink);
      }
    }
    selector.selectedKeys().clear();
  }

  /** Ends a wait. */
  public void wake() {
    selector.wakeup();
  }

  @Override
  public void close() {
    for (DatagramChannel socket : sockets) {
      closeQuietly(socket);
    }
    closeQuietly(selector);
  }

  private void read(DatagramChannel socket, Sink sink) throws IOException {
    for (int i = 0; i < AT_A_TIME; i++) {
      buffer.clear();
      if (!(socket.receive(buffer) instanceof InetSocketAddress from)) {
        return;
      }
      buffer.flip();
      if (buffer.hasRemaining() && buffer.remaining() <= MAX_DATAGRAM) {
        sink.take(buffer, new NetworkPath(socket, from, Optional.empty()));
      }
    }
  }

  private void bind(InetAddress address, int first, int last) throws IOException {
    int count = last - first + 1;
    int start = ThreadLocalRandom.current().nextInt(count);
    for (int i = 0; i < count; i++) {
      DatagramChannel socket = DatagramChannel.open();
      try {
        socket.bind(new InetSocketAddress(address, first + (start + i) % count));
        socket.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
        socket.configureBlocking(false);
        socket.register(selector, SelectionKey.OP_READ);
        sockets.add(socket);
        return;
      } catch (BindException taken) {
        closeQuietly(socket);
      } catch (SocketException gone) {
        // An address that went away, or is not ready yet.
        closeQuietly(socket);
        return;
      }
    }
  }

  private static List<InetAddress> addresses() throws SocketException {
    List<InetAddress> found = new ArrayList<>();
    for (NetworkInterface card : Collections.list(NetworkInterface.getNetworkInterfaces())) {
      if (card.isUp() && !card.isLoopback()) {
        Collections.list(card.getInetAddresses()).stream()
            .filter(address -> !address.isLinkLocalAddress() && !address.isLoopbackAddress())
            .filter(address -> !address.isMulticastAddress() && !address.isAnyLocalAddress())
            .forEach(found::add);
      }
    }
    return found.stream().limit(MAX_ADDRESSES).toList();
  }

  private static void closeQuietly(AutoCloseable thing) {
    try {
      thing.close();
    } catch (Exception e) {
      // Nothing is lost: the datagrams that it held have no reader any more.
      LOG.debug("A socket failed to close", e);
    }
  }
}
