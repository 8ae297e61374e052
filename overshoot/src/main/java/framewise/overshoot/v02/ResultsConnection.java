package framewise.overshoot.v02;

import com.fasterxml.jackson.core.JsonProcessingException;
import framewise.overshoot.wire.SocketHello;
import framewise.overshoot.wire.WireJson;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One connection of the results socket: authenticates, assembles messages from their parts, pings,
 * and reports once how it ended. It requests the next message only when there is room, so a slow
 * listener slows the sender down.
 *
 * <p>Callbacks do almost nothing: while one runs, and while no message is requested, the JDK's
 * WebSocket (25 and before) loses the end of a connection that is cut without a close frame: it
 * throws an InternalError internally and never calls back. The pings detect what it still loses.
 */
final class ResultsConnection implements WebSocket.Listener {

  /** Called once when a connection ends. */
  interface Closed {
    /**
     * Reports the end.
     *
     * @param code the close code; 1006 if there was none
     * @param reason the close reason, or the failure
     */
    void closed(ResultsConnection connection, int code, String reason);
  }

  private static final int CUT = 1006;
  private static final int NORMAL = 1000;
  private static final int TOO_LARGE = 4 * 1024 * 1024;

  private final ClientSettings settings;
  private final ListenerQueue delivery;
  private final Closed closed;
  private final AtomicBoolean over = new AtomicBoolean();
  private final StringBuilder text = new StringBuilder();

  private boolean tooLarge;
  private volatile @Nullable WebSocket socket;
  private volatile Runnable cancelWatch = () -> {};
  private volatile boolean held;
  private volatile boolean message;
  private volatile Instant lastSign;

  ResultsConnection(ClientSettings settings, ListenerQueue delivery, Closed closed) {
    this.settings = settings;
    this.delivery = delivery;
    this.closed = closed;
    this.lastSign = settings.clock().now();
  }

  /** Sends the key. */
  void begin(WebSocket opened) {
    var _ =
        opened
            .sendText(hello(), true)
            .whenComplete(
                (sent, failure) -> {
                  if (failure == null) {
                    watch();
                  } else {
                    lost("the key could not be sent");
                  }
                });
  }

  /** Whether a message arrived. */
  boolean hasReceivedMessage() {
    return message;
  }

  /**
   * Asks the other side to close; still receives what it sends.
   *
   * @return false if there is no connection yet
   */
  boolean startClose() {
    WebSocket here = socket;
    if (here == null || here.isOutputClosed()) {
      return false;
    }
    var _ =
        here.sendClose(NORMAL, "")
            .whenComplete(
                (sent, failure) -> {
                  if (failure != null) {
                    lost("the close could not be sent");
                  }
                });
    return true;
  }

  /** Cuts the connection without a close frame. */
  void cut() {
    over.set(true);
    cancelWatch.run();
    WebSocket here = socket;
    if (here != null) {
      here.abort();
    }
  }

  @Override
  public void onOpen(WebSocket opened) {
    socket = opened;
    lastSign = settings.clock().now();
    opened.request(1);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
    lastSign = settings.clock().now();
    if (text.length() + part.length() > TOO_LARGE) {
      tooLarge = true;
      text.setLength(0);
    }
    if (!tooLarge) {
      text.append(part);
    }
    if (last) {
      take(from);
    } else {
      from.request(1);
    }
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
    lastSign = settings.clock().now();
    if (last) {
      delivery.unreadable("a binary message");
    }
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer payload) {
    lastSign = settings.clock().now();
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer payload) {
    lastSign = settings.clock().now();
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    if (over.compareAndSet(false, true)) {
      cancelWatch.run();
      closed.closed(this, code, reason);
    }
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    lost(error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage());
  }

  private void take(WebSocket from) {
    message = true;
    if (tooLarge) {
      delivery.unreadable("a message of more than " + TOO_LARGE + " characters");
    } else {
      delivery.message(text.toString());
    }
    tooLarge = false;
    text.setLength(0);
    held = true;
    delivery.whenRoom(
        () -> {
          lastSign = settings.clock().now();
          held = false;
          from.request(1);
        });
  }

  private void watch() {
    Duration interval = settings.timeouts().ping();
    if (over.get()) {
      return;
    }
    cancelWatch = settings.scheduler().after(interval, () -> look(interval));
    if (over.get()) {
      cancelWatch.run();
    }
  }

  private void look(Duration interval) {
    WebSocket here = socket;
    if (over.get() || here == null) {
      return;
    }
    if (held) {
      // The listener delays us, so a pong waits unread behind the results. Do not ping now: if the
      // service has closed already, the ping would make its system reset the connection and lose
      // results that came before the close.
      watch();
      return;
    }
    Duration silence = Duration.between(lastSign, settings.clock().now());
    if (silence.compareTo(interval.multipliedBy(2)) >= 0) {
      here.abort();
      lost("no sign of life for " + silence.toSeconds() + " s");
      return;
    }
    if (silence.compareTo(interval) >= 0 && !here.isOutputClosed()) {
      var _ =
          here.sendPing(ByteBuffer.allocate(0))
              .whenComplete(
                  (sent, failure) -> {
                    if (failure != null) {
                      lost("a ping could not be sent");
                    }
                  });
    }
    watch();
  }

  private void lost(String why) {
    if (over.compareAndSet(false, true)) {
      cancelWatch.run();
      WebSocket here = socket;
      if (here != null) {
        here.abort();
      }
      closed.closed(this, CUT, why);
    }
  }

  private String hello() {
    try {
      return WireJson.mapper().writeValueAsString(new SocketHello(settings.key()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Failed to write a hello message", e);
    }
  }
}
