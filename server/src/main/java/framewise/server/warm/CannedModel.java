package framewise.server.warm;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpStatus;

/**
 * A model server with OpenAI's API on a loopback port that gives every question the same answer.
 */
final class CannedModel implements AutoCloseable {
  private static final int MAX_WAITING = 4;
  private static final String BODY =
      """
      {"id":"1","object":"chat.completion","created":1,"model":"canned","choices":[{"index":0,\
      "message":{"role":"assistant","content":"Nothing."},"finish_reason":"stop"}],\
      "usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}\
      """;

  private final HttpServer server;

  CannedModel() throws IOException {
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), MAX_WAITING);
    server.createContext("/", CannedModel::answer);
    server.start();
  }

  URI address() {
    InetSocketAddress bound = server.getAddress();
    return URI.create(
        "http://%s:%d/v1".formatted(bound.getAddress().getHostAddress(), bound.getPort()));
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
      byte[] body = BODY.getBytes(StandardCharsets.US_ASCII);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(HttpStatus.OK_200, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
