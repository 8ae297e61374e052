package framewise.server.limits;

import java.time.Duration;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Reads and throws away what is left of a body once the request is answered, for a while. A
 * connection that is closed with unread bytes is reset, and browsers then show "network error"
 * instead of the answer: an upload that is refused at its first byte would be refused without a
 * word.
 */
public final class UnreadBodies extends Handler.Wrapper {
  /** As much as a person's line brings in the time below, several times over. */
  static final long MOST_BYTES = 64L << 20;

  static final Duration LONGEST = Duration.ofSeconds(2);

  /** How often it is looked whether more has come. */
  private static final Duration LOOK = Duration.ofMillis(10);

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (request.getLength() == 0) {
      return super.handle(request, response, callback);
    }
    var kept = new Unconsumed(request);
    return super.handle(
        kept,
        response,
        new Callback.Nested(callback) {
          @Override
          public void succeeded() {
            if (mayHaveMore(request, response)) {
              new Rest(request, callback).begin();
            } else {
              super.succeeded();
            }
          }
        });
  }

  private static boolean mayHaveMore(Request request, Response response) {
    // Who asked first whether to send, and was not told to, sends nothing.
    boolean asked =
        request.getHeaders().contains(HttpHeader.EXPECT)
            && Request.getContentBytesRead(request) == 0;
    return !asked && response.getStatus() != HttpStatus.SWITCHING_PROTOCOLS_101;
  }

  /** A request that nobody gives up on before this class has read what is left of it. */
  private static final class Unconsumed extends Request.Wrapper {
    Unconsumed(Request request) {
      super(request);
    }

    /** Jetty reads a little of what is left, and then ends the body and the connection. */
    @Override
    public boolean consumeAvailable() {
      return true;
    }
  }

  /** What is left of one body. */
  private static final class Rest {
    private final Request request;
    private final Callback callback;
    private final long end = System.nanoTime() + LONGEST.toNanos();
    private long left = MOST_BYTES;

    Rest(Request request, Callback callback) {
      this.request = request;
      this.callback = callback;
    }

    /** Most bodies are read already, and need no thread. */
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
          // Not by demand: a request with a demand that nobody meets cannot be completed.
          Thread.sleep(LOOK);
        }
      } catch (InterruptedException stopping) {
        Thread.currentThread().interrupt();
      } finally {
        callback.succeeded();
      }
    }

    /** Reads what has come. */
    private boolean isOver() {
      while (left > 0 && System.nanoTime() - end < 0) {
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
