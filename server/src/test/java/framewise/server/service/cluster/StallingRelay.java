package framewise.server.service.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * Forwards TCP connections to a port of this machine. While it stalls, it forwards neither data nor
 * the end of a connection, like a network that loses every packet; data sent in that time arrives
 * once it works again.
 */
final class StallingRelay implements AutoCloseable {
  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final int port;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile CountDownLatch whole = new CountDownLatch(0);

  /**
   * @param port to which it forwards
   */
  StallingRelay(int port) throws IOException {
    this.port = port;
    Thread.ofVirtual().name("relay").start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  void cut() {
    whole = new CountDownLatch(1);
  }

  void mend() {
    whole.countDown();
  }

  @Override
  public void close() throws IOException {
    server.close();
    mend();
    for (Socket socket : open) {
      socket.close();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket client = server.accept();
        var target = new Socket(InetAddress.getLoopbackAddress(), port);
        open.add(client);
        open.add(target);
        Thread.ofVirtual().start(() -> pump(client, target));
        Thread.ofVirtual().start(() -> pump(target, client));
      }
    } catch (IOException closed) {
      // the end of the test
    }
  }

  private void pump(Socket from, Socket to) {
    byte[] bytes = new byte[16 << 10];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(bytes); count > 0; count = in.read(bytes)) {
        whole.await();
        out.write(bytes, 0, count);
      }
      whole.await();
    } catch (IOException closed) {
      // the other end is closed as well
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
