package framewise.bench.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.bench.service.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A client of one session's WebSocket. When its node dies, it reconnects to the next running one
 * and resumes after its last event, as clients behind a proxy do.
 */
final class NodeSubscriber implements AutoCloseable {
  private static final int RETRY_MS = 50;

  private final HttpClient http;
  private final BenchNodes nodes;
  private final String session;
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private volatile boolean closed;
  private volatile @Nullable WebSocket socket;

  /**
   * An event.
   *
   * @param arrived {@link System#nanoTime} when it had arrived completely
   */
  record Received(long seq, String type, JsonNode event, long arrived) {
    boolean isResult() {
      return type.equals("result") && event.path("ok").asBoolean();
    }
  }

  /**
   * @param first the node to connect to first
   */
  NodeSubscriber(HttpClient http, BenchNodes nodes, String session, int first) {
    this.http = http;
    this.nodes = nodes;
    this.session = session;
    connect(first);
  }

  /** All events so far. */
  List<Received> received() {
    return received;
  }

  @Override
  public void close() {
    closed = true;
    WebSocket open = socket;
    if (open != null) {
      open.abort();
    }
  }

  private void connect(int node) {
    int next = node;
    while (!closed) {
      if (nodes.isRunning(next)) {
        long since = received.isEmpty() ? 0 : received.getLast().seq();
        String url =
            "%s/ws/%s?since=%d".formatted(nodes.url(next).replace("http", "ws"), session, since);
        try {
          socket = http.newWebSocketBuilder().buildAsync(URI.create(url), new Events(next)).join();
          return;
        } catch (CompletionException notYet) {
          pause();
        }
      }
      next = (next + 1) % nodes.count();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(RETRY_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Events of one connection. */
  private final class Events implements WebSocket.Listener {
    private final int node;
    private final StringBuilder text = new StringBuilder();

    Events(int node) {
      this.node = node;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        try {
          JsonNode event = ServiceProcess.JSON.readTree(text.toString());
          received.add(
              new Received(
                  event.path("seq").asLong(),
                  event.path("type").asText(),
                  event,
                  System.nanoTime()));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        text.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      comeBack();
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      comeBack();
    }

    private void comeBack() {
      Thread.ofVirtual().start(() -> connect((node + 1) % nodes.count()));
    }
  }
}
