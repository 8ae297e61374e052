package framewise.vision.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A server such as Ollama: lists its models, and answers with the name of the requested one. */
final class ModelServer implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpServer server;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final String list;

  /**
   * @param port 0 for any
   * @param list reply to {@code GET /v1/models}
   */
  ModelServer(int port, String list) {
    this.list = list;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  static String list(String... models) {
    var json = JSON.createObjectNode().put("object", "list");
    var data = json.putArray("data");
    for (String model : models) {
      data.addObject().put("id", model).put("object", "model").put("owned_by", "library");
    }
    return json.toString();
  }

  int port() {
    return server.getAddress().getPort();
  }

  URI address() {
    return URI.create("http://127.0.0.1:%d/v1".formatted(port()));
  }

  /** The requested models, in order. */
  List<String> asked() {
    return asked;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    JsonNode request = JSON.readTree(exchange.getRequestBody().readAllBytes());
    String answer = list;
    if (exchange.getRequestMethod().equals("POST")) {
      asked.add(request.path("model").asText());
      var json = JSON.createObjectNode();
      var choice = json.putArray("choices").addObject().put("finish_reason", "stop");
      choice.putObject("message").put("role", "assistant").put("content", "Yes.");
      answer = json.toString();
    }
    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
