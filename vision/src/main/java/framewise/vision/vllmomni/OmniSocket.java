package framewise.vision.vllmomni;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import framewise.vision.schema.ServiceJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A WebSocket of JSON messages. One thread sends; messages arrive on another, one at a time. */
final class OmniSocket implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OmniSocket.class);
  private static final JsonMapper JSON = ServiceJson.MAPPER;

  /** Longer than any answer; a server that sends more is not one of vLLM-Omni. */
  private static final int MAX_LENGTH = 1 << 20;

  private static final Duration CONNECT = Duration.ofSeconds(10);

  /** Receives messages, and the end, which is the last call. */
  interface Listener {
    void received(JsonNode message);

    /**
     * The connection is lost.
     *
     * @param why a phrase, such as {@code it closed the connection (1000)}
     */
    void lost(String why);
  }

  private final HttpClient http;
  private final WebSocket socket;
  private final Reader reader;

  /** Number of pings sent. */
  private long pings;

  private OmniSocket(HttpClient http, WebSocket socket, Reader reader) {
    this.http = http;
    this.socket = socket;
    this.reader = reader;
  }

  /** Connects. Throws the failure of the handshake. */
  static OmniSocket connect(URI address, Listener listener)
      throws ExecutionException, InterruptedException {
    HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT).build();
    var reader = new Reader(listener);
    boolean open = false;
    try {
      WebSocket socket =
          http.newWebSocketBuilder().connectTimeout(CONNECT).buildAsync(address, reader).get();
      open = true;
      return new OmniSocket(http, socket, reader);
    } finally {
      if (!open) {
        http.shutdownNow();
      }
    }
  }

  /**
   * Sends a message. Blocks until the network has taken it, which holds back a fast sender.
   *
   * @throws IOException when that fails, or takes longer than this
   */
  void send(JsonNode message, Duration patience) throws IOException, InterruptedException {
    await(socket.sendText(message.toString(), true), patience);
  }

  /**
   * Sends a message that the server confirms once it has read it: a ping follows it. Otherwise the
   * buffers of the network would hold many old messages for a slow server.
   */
  void sendConfirmed(JsonNode message, Duration patience) throws IOException, InterruptedException {
    send(message, patience);
    pings++;
    await(socket.sendPing(ByteBuffer.allocate(Long.BYTES).putLong(pings).flip()), patience);
  }

  /** Number of messages that the server has not confirmed yet. */
  long unconfirmed() {
    return pings - reader.confirmed;
  }

  private static void await(CompletableFuture<WebSocket> sent, Duration patience)
      throws IOException, InterruptedException {
    try {
      WebSocket _ = sent.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("it does not accept pictures", e);
    }
  }

  /** Ends the session and closes the connection, without waiting for an answer. */
  @Override
  public void close() {
    CompletableFuture<WebSocket> _ =
        socket
            .sendText("{\"type\":\"video.done\"}", true)
            .thenCompose(sent -> sent.sendClose(WebSocket.NORMAL_CLOSURE, ""))
            .orTimeout(2, TimeUnit.SECONDS)
            .whenComplete(
                (sent, failure) -> {
                  socket.abort();
                  http.shutdownNow();
                });
  }

  private static final class Reader implements WebSocket.Listener {
    private final Listener listener;
    private final StringBuilder text = new StringBuilder();

    /** Number of the newest ping that was answered. */
    private volatile long confirmed;

    Reader(Listener listener) {
      this.listener = listener;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      text.append(part);
      if (text.length() > MAX_LENGTH) {
        text.setLength(0);
        listener.lost("it sent a message of more than %,d characters".formatted(MAX_LENGTH));
        socket.abort();
        return null;
      }
      if (last) {
        String whole = text.toString();
        text.setLength(0);
        handle(whole);
      }
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer data) {
      if (data.remaining() == Long.BYTES) {
        confirmed = data.getLong();
      }
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      listener.lost(
          "it closed the connection (%d%s)".formatted(code, reason.isBlank() ? "" : ", " + reason));
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable failure) {
      LOG.debug("the connection broke", failure);
      listener.lost("the connection broke");
    }

    private void handle(String message) {
      try {
        listener.received(JSON.readTree(message));
      } catch (JsonProcessingException e) {
        LOG.debug("a message that is not JSON", e);
      }
    }
  }
}
