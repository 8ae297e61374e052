package framewise.server.livekit;

import framewise.server.peer.OffererAddress;
import io.javalin.websocket.WsContext;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.websocket.api.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One open socket of a client: sends messages in order on its own thread, and cuts off a client
 * that does not read them. Safe for any number of threads.
 */
final class SignalLink {
  private static final int NORMAL = 1000;

  /** Maximum number of messages that wait for the client; a publisher gets a few in total. */
  private static final int MAX_WAITING = 64;

  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final byte[] END = {};
  private static final Logger LOG = LoggerFactory.getLogger(SignalLink.class);

  private final WsContext socket;
  private final OffererAddress from;
  private final BlockingQueue<byte[]> waiting = new LinkedBlockingQueue<>(MAX_WAITING);
  private final Thread sender = Thread.ofVirtual().name("livekit-signal").unstarted(this::run);

  /**
   * @param from the client's address, the only one that may be tried
   */
  SignalLink(WsContext socket, OffererAddress from) {
    this.socket = socket;
    this.from = from;
  }

  void start() {
    sender.start();
  }

  OffererAddress from() {
    return from;
  }

  /** Sends a message after all earlier ones. */
  void send(SignalResponse message) {
    LOG.debug("sending {}", message);
    offer(message.bytes());
  }

  /** Closes the socket once all messages are sent. */
  void close() {
    offer(END);
  }

  /** Stops sending, because the socket is closed. */
  void stop() {
    sender.interrupt();
  }

  private void offer(byte[] message) {
    if (!waiting.offer(message)) {
      LOG.info("disconnecting a publisher, which does not read its messages");
      socket.session.disconnect();
    }
  }

  private void run() {
    try {
      for (byte[] next = waiting.take(); next.length > 0; next = waiting.take()) {
        ByteBuffer message = ByteBuffer.wrap(next);
        Callback.Completable.with(done -> socket.session.sendBinary(message, done))
            .get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      }
      socket.closeSession(NORMAL, "The connection is over.");
    } catch (InterruptedException | ExecutionException closed) {
      LOG.debug("a publisher's socket is closed");
    } catch (TimeoutException slow) {
      LOG.info("disconnecting a publisher, which has read nothing for {} s", TIMEOUT.toSeconds());
      socket.session.disconnect();
    }
  }
}
