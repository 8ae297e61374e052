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
 * One connection of the results socket: says the key, gathers messages out of their parts, asks for
 * signs of life, and tells once how it ended. The next part is asked for only when the one before
 * has been taken, so a slow listener slows the sender down.
 */
final class Connection implements WebSocket.Listener {

  /** Told once when a connection is over. */
  interface Closed {
    /**
     * It is over.
     *
     * @param code the close code; 1006 if there was none
     * @param reason the close reason, or what went wrong
     */
    void closed(Connection connection, int code, String reason);
  }

  private static final int CUT = 1006;
  private static final int NORMAL = 1000;
  private static final int TOO_LARGE = 4 * 1024 * 1024;

  private final Settings settings;
  private final ResultReader reader;
  private final Closed closed;
  private final AtomicBoolean over = new AtomicBoolean();
  private final StringBuilder text = new StringBuilder();

  private boolean tooLarge;
  private volatile @Nullable WebSocket socket;
  private volatile boolean delivering;
  private volatile boolean message;
  private volatile Instant lastSign;

  Connection(Settings settings, ResultReader reader, Closed closed) {
    this.settings = settings;
    this.reader = reader;
    this.closed = closed;
    this.lastSign = settings.clock().instant();
  }

  /** Says the key and lets messages come. */
  void begin(WebSocket opened) {
    socket = opened;
    lastSign = settings.clock().instant();
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
    opened.request(1);
  }

  /** Whether a message came. */
  boolean sawMessage() {
    return message;
  }

  /** Asks the other side to close; what it still sends is taken. */
  void sayGoodbye() {
    WebSocket here = socket;
    if (here != null && !here.isOutputClosed()) {
      var _ =
          here.sendClose(NORMAL, "")
              .whenComplete(
                  (sent, failure) -> {
                    if (failure != null) {
                      lost("the close could not be sent");
                    }
                  });
    }
  }

  /** Ends it without a word. */
  void cut() {
    over.set(true);
    WebSocket here = socket;
    if (here != null) {
      here.abort();
    }
  }

  // Messages are asked for when the key goes out, not as soon as the socket is open.
  @Override
  public void onOpen(WebSocket opened) {}

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
    lastSign = settings.clock().instant();
    if (text.length() + part.length() > TOO_LARGE) {
      tooLarge = true;
      text.setLength(0);
    }
    if (!tooLarge) {
      text.append(part);
    }
    if (last) {
      take();
    }
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
    lastSign = settings.clock().instant();
    if (last) {
      reader.skip("a binary message");
    }
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer payload) {
    lastSign = settings.clock().instant();
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer payload) {
    lastSign = settings.clock().instant();
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    if (over.compareAndSet(false, true)) {
      closed.closed(this, code, reason);
    }
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    lost(error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage());
  }

  private void take() {
    message = true;
    delivering = true;
    try {
      if (tooLarge) {
        reader.skip("a message of more than " + TOO_LARGE + " characters");
      } else {
        reader.take(text.toString());
      }
    } finally {
      lastSign = settings.clock().instant();
      delivering = false;
      tooLarge = false;
      text.setLength(0);
    }
  }

  private void watch() {
    Duration interval = settings.timeouts().ping();
    settings.scheduler().after(interval, () -> look(interval));
  }

  private void look(Duration interval) {
    WebSocket here = socket;
    if (over.get() || here == null) {
      return;
    }
    Duration silence = Duration.between(lastSign, settings.clock().instant());
    // While the listener holds us up, answers to pings wait unread behind the results.
    if (!delivering && silence.compareTo(interval.multipliedBy(2)) >= 0) {
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
      throw new IllegalStateException("A hello that cannot be written", e);
    }
  }
}
