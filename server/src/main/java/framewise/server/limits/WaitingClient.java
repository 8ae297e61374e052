package framewise.server.limits;

import framewise.time.Stopwatch;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;

/**
 * Detects that a client disconnects while it waits for a response: while a request is processed,
 * nothing else reads from its connection. For requests whose body was read to its end. Thread-safe.
 */
public final class WaitingClient {
  private static final Duration INTERVAL = Duration.ofMillis(250);

  private final EndPoint connection;
  private final Stopwatch last = Stopwatch.start();
  private boolean gone;
  private boolean sentMore;

  private WaitingClient(EndPoint connection) {
    this.connection = connection;
  }

  /** Client of a request. */
  public static WaitingClient of(HttpServletRequest request) {
    return new WaitingClient(
        ServletContextRequest.getServletContextRequest(request)
            .getConnectionMetaData()
            .getConnection()
            .getEndPoint());
  }

  /**
   * Whether it has disconnected; checks at most four times a second, however often it is called.
   */
  public synchronized boolean isGone() {
    if (gone || sentMore || !last.exceeds(INTERVAL)) {
      return gone;
    }
    last.restart();
    try {
      ByteBuffer more = BufferUtil.allocate(1);
      int read = connection.fill(more);
      gone = read < 0 || !connection.isOpen();
      sentMore = read > 0;
    } catch (IOException broken) {
      gone = true;
    }
    return gone;
  }

  /**
   * Whether it sent bytes after the request. As some of them were dropped, the connection has to be
   * closed after the response.
   */
  public synchronized boolean hasSentMore() {
    return sentMore;
  }
}
