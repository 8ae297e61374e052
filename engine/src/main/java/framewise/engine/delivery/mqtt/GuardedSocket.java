package framewise.engine.delivery.mqtt;

import framewise.media.network.Outbound;
import framewise.media.network.VideoUrl;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A socket for a library that connects by itself: whatever address it is given, it connects to one
 * endpoint, through the rules for addresses and certificates that apply to every outgoing
 * connection.
 */
final class GuardedSocket extends Socket {
  private final Outbound outbound;
  private final VideoUrl url;
  private volatile @Nullable Socket open;

  private GuardedSocket(Outbound outbound, VideoUrl url) {
    super(Proxy.NO_PROXY);
    this.outbound = outbound;
    this.url = url;
  }

  /** Makes such sockets. */
  static SocketFactory factory(Outbound outbound, VideoUrl url) {
    return new SocketFactory() {
      @Override
      public Socket createSocket() {
        return new GuardedSocket(outbound, url);
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
        return outbound.connect(url);
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
  public InputStream getInputStream() throws IOException {
    return opened().getInputStream();
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return opened().getOutputStream();
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
    // Outbound has set it.
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
