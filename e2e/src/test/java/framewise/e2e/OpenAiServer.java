package framewise.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * OpenAI's chat completions on a real socket: answers {@code I see 7 boxes.} or what a test tells
 * it to, streamed or not, for 1,000 tokens and 100. Can hold an answer after its first words, and
 * refuse requests.
 */
public final class OpenAiServer implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
  public static final String ANSWER = "I see 7 boxes.";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CHUNK =
      """
      {"id":"c1","object":"chat.completion.chunk","created":1,"model":"gpt-5.4","choices":[%s]%s}""";
  private static final String USAGE =
      """
      ,"usage":{"prompt_tokens":1000,"completion_tokens":100,"total_tokens":1100}""";

  private HttpServer server;
  private boolean stopped;
  private final AtomicBoolean held = new AtomicBoolean();
  private final AtomicBoolean refusing = new AtomicBoolean();
  private final Semaphore mayEnd = new Semaphore(0);
  private volatile String words = ANSWER;

  public OpenAiServer() {
    server = start(0);
  }

  private HttpServer start(int port) {
    HttpServer started;
    try {
      started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    started.createContext("/v1/chat/completions", this::answer);
    started.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    started.start();
    return started;
  }

  /** Settings of a service that uses this stub. */
  public Map<String, String> settings() {
    return Map.of(
        "OPENAI_API_KEY",
        "sk-test-0123456789",
        "OPENAI_BASE_URL",
        "http://127.0.0.1:%d/v1".formatted(server.getAddress().getPort()));
  }

  /** Holds streamed answers after their first words from now on. */
  public void hold() {
    mayEnd.drainPermits();
    held.set(true);
  }

  /** Releases held answers, and holds none any more. */
  public void goOn() {
    held.set(false);
    mayEnd.release(1_000);
  }

  /** Answers with this text from now on, until the next test. */
  public void say(String text) {
    words = text;
  }

  /** Refuses every request with a rate limit. */
  public void refuse() {
    refusing.set(true);
  }

  /** Opens the port again where the class is run once more. */
  @Override
  public void beforeAll(ExtensionContext context) {
    if (stopped) {
      server = start(server.getAddress().getPort());
      stopped = false;
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    goOn();
    mayEnd.drainPermits();
    refusing.set(false);
    words = ANSWER;
  }

  @Override
  public void afterAll(ExtensionContext context) {
    goOn();
    server.stop(0);
    stopped = true;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode asked = JSON.readTree(exchange.getRequestBody());
      if (refusing.get()) {
        exchange.getResponseHeaders().add("Retry-After", "60");
        send(exchange, 429, "{\"error\":{\"message\":\"not now\"}}");
      } else if (asked.path("stream").asBoolean()) {
        stream(exchange);
      } else {
        String message =
            "{\"index\":0,\"finish_reason\":\"stop\",\"message\":{\"role\":\"assistant\",\"content\":\"%s\"}}"
                .formatted(escaped(words));
        send(exchange, 200, CHUNK.replace(".chunk", "").formatted(message, USAGE));
      }
    }
  }

  private void stream(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    String text = words;
    int first = Math.min(text.length(), 5);
    event(out, CHUNK.formatted(delta(text.substring(0, first)), ""));
    if (held.get()) {
      waitUntilItMayEnd();
    }
    event(out, CHUNK.formatted(delta(text.substring(first)), ""));
    event(out, CHUNK.formatted("{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}", ""));
    event(out, CHUNK.formatted("", USAGE));
    event(out, "[DONE]");
  }

  private void waitUntilItMayEnd() throws IOException {
    try {
      boolean _ = mayEnd.tryAcquire(25, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static String delta(String words) {
    return "{\"index\":0,\"delta\":{\"content\":\"%s\"}}".formatted(escaped(words));
  }

  private static String escaped(String words) {
    return words.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  private static void event(OutputStream out, String data) throws IOException {
    out.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
