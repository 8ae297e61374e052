package framewise.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A TCP proxy to a port of this machine that can interrupt its connections for a while. */
public final class CuttableLine implements AutoCloseable {
  private final ServerSocket door;
  private volatile int port;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile long downUntil = System.nanoTime();

  /**
   * @param port port to connect to
   */
  public CuttableLine(int port) {
    this.port = port;
    try {
      door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().name("line").start(this::serve);
  }

  /** The port that the proxy listens on. */
  public int port() {
    return door.getLocalPort();
  }

  /** Connects new connections to another port. */
  public void lead(int other) {
    port = other;
  }

  /** Closes all connections, and those that clients open within this time. */
  public void cut(Duration time) {
    downUntil = System.nanoTime() + time.toNanos();
    open.forEach(CuttableLine::end);
  }

  @Override
  public void close() {
    open.forEach(CuttableLine::end);
    end(door);
  }

  private void serve() {
    while (!door.isClosed()) {
      try {
        Socket near = door.accept();
        open.add(near);
        if (System.nanoTime() < downUntil) {
          end(near);
          continue;
        }
        var far = new Socket(InetAddress.getLoopbackAddress(), port);
        open.add(far);
        Thread.ofVirtual().start(() -> carry(near, far));
        Thread.ofVirtual().start(() -> carry(far, near));
      } catch (IOException closed) {
        // The proxy is closed, or nothing listens on the port; a client may try again.
      }
    }
  }

  private void carry(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException cut) {
      // Both ends are closed below.
    } finally {
      end(from);
      end(to);
      open.remove(from);
      open.remove(to);
    }
  }

  private static void end(AutoCloseable one) {
    try {
      one.close();
    } catch (Exception closed) {
      // Already closed.
    }
  }
}
