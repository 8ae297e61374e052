package framewise.engine.delivery.mqtt;

import framewise.media.network.OutboundConnections;
import framewise.media.network.VideoUrl;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.function.Consumer;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Socket for a library that connects by itself. Whatever address the library passes, it connects to
 * one endpoint, applies the address and certificate rules of every outgoing connection, and
 * forwards only packets whose lengths are valid.
 */
final class GuardedSocket extends Socket {
  private final OutboundConnections outbound;
  private final VideoUrl url;
  private final Consumer<String> faults;
  private final StartGate gate;
  private volatile @Nullable Socket open;
  private @Nullable InputStream packets;

  private GuardedSocket(
      OutboundConnections outbound, VideoUrl url, Consumer<String> faults, StartGate gate) {
    super(Proxy.NO_PROXY);
    this.outbound = outbound;
    this.url = url;
    this.faults = faults;
    this.gate = gate;
  }

  /**
   * Factory of such sockets for one endpoint.
   *
   * @param faults receives a description of protocol errors in the broker's packets
   * @param gate holds back the broker's packets; opened by the library's first one
   */
  static SocketFactory factory(
      OutboundConnections outbound, VideoUrl url, Consumer<String> faults, StartGate gate) {
    return new SocketFactory() {
      @Override
      public Socket createSocket() {
        return new GuardedSocket(outbound, url, faults, gate);
      }

      @Override
      public Socket createSocket(String host, int port) throws IOException {
        return connected();
      }

      @Override
      public Socket createSocket(String host, int port, InetAddress from, int fromPort)
          throws IOException {
        return connected();
      }

      @Override
      public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected();
      }

      @Override
      public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
          throws IOException {
        return connected();
      }

      private Socket connected() throws IOException {
        var socket = new GuardedSocket(outbound, url, faults, gate);
        socket.open = outbound.connect(url);
        return socket;
      }
    };
  }

  @Override
  public void connect(SocketAddress ignored) throws IOException {
    open = outbound.connect(url);
  }

  @Override
  public void connect(SocketAddress ignored, int timeout) throws IOException {
    open = outbound.connect(url);
  }

  @Override
  public synchronized InputStream getInputStream() {
    InputStream made = packets;
    if (made == null) {
      made = new PacketFilter(gate.held(() -> opened().getInputStream()), faults);
      packets = made;
    }
    return made;
  }

  @Override
  public OutputStream getOutputStream() {
    return gate.opening(() -> opened().getOutputStream());
  }

  @Override
  public void setSoTimeout(int millis) throws SocketException {
    opened().setSoTimeout(millis);
  }

  @Override
  public int getSoTimeout() throws SocketException {
    return opened().getSoTimeout();
  }

  @Override
  public void setTcpNoDelay(boolean on) {
    // Outbound has set it already.
  }

  @Override
  public boolean isConnected() {
    Socket inner = open;
    return inner != null && inner.isConnected();
  }

  @Override
  public boolean isClosed() {
    Socket inner = open;
    return inner == null ? super.isClosed() : inner.isClosed();
  }

  @Override
  public void shutdownOutput() throws IOException {
    opened().shutdownOutput();
  }

  @Override
  public void close() throws IOException {
    super.close();
    Socket inner = open;
    if (inner != null) {
      outbound.release(inner);
    }
  }

  private Socket opened() throws SocketException {
    Socket inner = open;
    if (inner == null) {
      throw new SocketException("not connected");
    }
    return inner;
  }
}
