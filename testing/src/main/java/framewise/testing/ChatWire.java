package framewise.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/**
 * OpenAI's chat completions as a server writes them, for model servers of tests and benchmarks.
 * Immutable.
 *
 * @param model name of the model in answers
 * @param inputTokens reported for each answer
 * @param outputTokens reported for each answer
 */
public record ChatWire(String model, int inputTokens, int outputTokens) {
  private static final String PATH = "/v1/chat/completions";

  /** Answers a request, which it may read. */
  public interface Handler {
    void answer(HttpExchange exchange) throws IOException, InterruptedException;
  }

  /**
   * Starts a model server on the loopback address; each request has its own thread.
   *
   * @param port 0 for a free one
   */
  public static HttpServer start(int port, Handler handler) {
    try {
      var server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
      server.createContext(PATH, exchange -> handle(exchange, handler));
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Base URL of a server, as in settings. */
  public static String url(HttpServer server) {
    return "http://127.0.0.1:%d/v1".formatted(server.getAddress().getPort());
  }

  private static void handle(HttpExchange exchange, Handler handler) throws IOException {
    try (exchange) {
      handler.answer(exchange);
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /** A whole answer. */
  public String answer(String text) {
    return object(
        "chat.completion",
        """
        {"index":0,"message":{"role":"assistant","content":"%s"},"finish_reason":"stop"}"""
            .formatted(escaped(text)),
        tokens());
  }

  /** An event with the next part of a streamed answer. */
  public String part(String text) {
    return chunk("{\"index\":0,\"delta\":{\"content\":\"%s\"}}".formatted(escaped(text)), "");
  }

  /** The event after the last part. */
  public String end() {
    return chunk("{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}", "");
  }

  /** The event with the tokens of a streamed answer. */
  public String usage() {
    return chunk("", tokens());
  }

  /** Sends JSON. */
  public static void send(HttpExchange exchange, int status, String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /** Begins a streamed answer. */
  public static OutputStream events(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    return exchange.getResponseBody();
  }

  /** Sends an event of a streamed answer at once; {@code [DONE]} is the last. */
  public static void event(OutputStream out, String data) throws IOException {
    out.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private String chunk(String choice, String tokens) {
    return object("chat.completion.chunk", choice, tokens);
  }

  private String object(String kind, String choice, String tokens) {
    return """
    {"id":"c1","object":"%s","created":1,"model":"%s","choices":[%s]%s}"""
        .formatted(kind, model, choice, tokens);
  }

  private String tokens() {
    return """
    ,"usage":{"prompt_tokens":%d,"completion_tokens":%d,"total_tokens":%d}"""
        .formatted(inputTokens, outputTokens, inputTokens + outputTokens);
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
