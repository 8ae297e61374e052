package framewise.server.limits;

import framewise.time.Deadline;
import framewise.time.WallClock;
import java.time.Duration;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Reads and discards the rest of a body after the request is answered, for a limited time. Closing
 * a connection with unread bytes resets it, and browsers then show "network error" instead of the
 * response: an upload refused at its first byte would show no reason.
 */
public final class UnreadBodies extends Handler.Wrapper {
  /** Several times what a home connection sends within the time below. */
  static final long MAX_BYTES = 64L << 20;

  static final Duration TIME_LIMIT = Duration.ofSeconds(2);

  /** Interval between checks for more bytes. */
  private static final Duration POLL_INTERVAL = Duration.ofMillis(10);

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (request.getLength() == 0) {
      return super.handle(request, response, callback);
    }
    var kept = new UnconsumedRequest(request);
    return super.handle(
        kept,
        response,
        new Callback.Nested(callback) {
          @Override
          public void succeeded() {
            if (mayHaveMore(request, response)) {
              new RemainingBody(request, callback).begin();
            } else {
              super.succeeded();
            }
          }
        });
  }

  private static boolean mayHaveMore(Request request, Response response) {
    // A client that sent Expect: 100-continue and got no 100 sends nothing.
    boolean asked =
        request.getHeaders().contains(HttpHeader.EXPECT)
            && Request.getContentBytesRead(request) == 0;
    return !asked && response.getStatus() != HttpStatus.SWITCHING_PROTOCOLS_101;
  }

  /** Keeps Jetty from discarding the request before this class has read the rest. */
  private static final class UnconsumedRequest extends Request.Wrapper {
    UnconsumedRequest(Request request) {
      super(request);
    }

    /**
     * Otherwise Jetty would read a little of the rest, and then end the body and the connection.
     */
    @Override
    public boolean consumeAvailable() {
      return true;
    }
  }

  /** Rest of one body. */
  private static final class RemainingBody {
    private final Request request;
    private final Callback callback;
    private final Deadline end = Deadline.after(TIME_LIMIT);
    private long left = MAX_BYTES;

    RemainingBody(Request request, Callback callback) {
      this.request = request;
      this.callback = callback;
    }

    /** Most bodies are read completely, and need no thread. */
    void begin() {
      if (isOver()) {
        callback.succeeded();
      } else {
        Thread.ofVirtual().name("unread-body").start(this::readOn);
      }
    }

    private void readOn() {
      try {
        while (!isOver()) {
          // Polls instead of demanding: a request with an unmet demand can't be completed.
          WallClock.system().sleep(POLL_INTERVAL);
        }
      } catch (InterruptedException stopping) {
        Thread.currentThread().interrupt();
      } finally {
        callback.succeeded();
      }
    }

    /** Reads the available bytes. */
    private boolean isOver() {
      while (left > 0 && !end.hasPassed()) {
        Content.Chunk chunk = request.read();
        if (chunk == null) {
          return false;
        }
        left -= chunk.remaining();
        chunk.release();
        if (chunk.isLast() || Content.Chunk.isFailure(chunk)) {
          return true;
        }
      }
      return true;
    }
  }
}
