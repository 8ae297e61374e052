package framewise.vision.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A service on a real socket that answers as it is told and keeps what it was sent. */
final class ServiceStub implements AutoCloseable {
  /** What came. */
  record Got(String path, Headers headers, JsonNode body) {}

  /** What to say; negative for nothing at all. */
  private record Reply(int status, String body) {}

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpServer server;
  private final List<Got> got = new CopyOnWriteArrayList<>();
  private final Queue<Reply> replies = new ArrayDeque<>();

  ServiceStub() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  URI address(String path) {
    return URI.create("http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), path));
  }

  synchronized ServiceStub says(int status, String body) {
    replies.add(new Reply(status, body));
    return this;
  }

  List<Got> got() {
    return got;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    got.add(
        new Got(
            exchange.getRequestURI().toString(),
            exchange.getRequestHeaders(),
            JSON.readTree(body)));
    Reply reply;
    synchronized (this) {
      reply = replies.isEmpty() ? new Reply(500, "{}") : replies.remove();
    }
    if (reply.status() < 0) {
      return; // the connection stays open and nothing comes
    }
    byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
