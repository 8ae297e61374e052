package framewise.server.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Subscriber of one session's socket. */
public final class EventClient implements WebSocket.Listener {
  private static final int PATIENCE_SECONDS = 60;

  private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
  private final CompletableFuture<Closed> closed = new CompletableFuture<>();
  private final StringBuilder partial = new StringBuilder();
  private @Nullable WebSocket socket;

  /** How the service closed the connection. */
  public record Closed(int code, String reason) {}

  /**
   * Connects, and returns once the socket is open.
   *
   * @param headers names and values in turn
   */
  public static EventClient open(HttpClient http, URI address, String... headers) {
    var client = new EventClient();
    WebSocket.Builder builder = http.newWebSocketBuilder();
    for (int i = 0; i < headers.length; i += 2) {
      builder.header(headers[i], headers[i + 1]);
    }
    client.socket = builder.buildAsync(address, client).join();
    return client;
  }

  /** Returns the next event's exact text. */
  public String next() throws InterruptedException {
    String message = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (message == null) {
      throw new AssertionError("no event came");
    }
    return message;
  }

  /** Returns the events up to and including the first match. */
  public List<JsonNode> until(Predicate<JsonNode> last) throws InterruptedException {
    List<JsonNode> events = new ArrayList<>();
    do {
      events.add(parse(next()));
    } while (!last.test(events.getLast()));
    return events;
  }

  /** Returns the next event of a type. */
  public JsonNode next(String type) throws InterruptedException {
    return until(event -> event.required("type").asText().equals(type)).getLast();
  }

  public List<JsonNode> untilEnd() throws InterruptedException {
    return until(event -> event.required("type").asText().equals("end"));
  }

  public boolean isClosed() {
    return closed.isDone();
  }

  public Closed closed() throws Exception {
    return closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Sends a message. */
  public void say(String text) {
    if (socket != null) {
      socket.sendText(text, true).join();
    }
  }

  /** Disconnects without a close frame. */
  public void cut() {
    if (socket != null) {
      socket.abort();
    }
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      messages.add(partial.toString());
      partial.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closed.complete(new Closed(code, reason));
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    closed.completeExceptionally(error);
  }

  public static JsonNode parse(String json) {
    try {
      return TestClient.JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError(json, e);
    }
  }
}
