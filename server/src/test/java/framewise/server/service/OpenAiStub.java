package framewise.server.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/** OpenAI's chat completions on a real socket: answers {@code I see 7 boxes.}, streamed or not. */
public final class OpenAiStub implements AutoCloseable {
  private static final List<String> WORDS = List.of("I see", " 7", " boxes.");

  /** Other responses. */
  record Refusal(int status, Map<String, String> headers) {}

  private static final Refusal SILENCE = new Refusal(0, Map.of());

  private final HttpServer server;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<JsonNode> asked = new CopyOnWriteArrayList<>();
  private volatile CountDownLatch held = new CountDownLatch(0);
  private final AtomicReference<Refusal> refusal = new AtomicReference<>();
  private final AtomicReference<String> answer = new AtomicReference<>(String.join("", WORDS));

  public OpenAiStub() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/v1/chat/completions", this::answer);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  /** Settings of a service that uses this stub. */
  public Map<String, String> settings() {
    return Map.of(
        "OPENAI_API_KEY",
        "sk-test-0123456789",
        "OPENAI_BASE_URL",
        "http://127.0.0.1:%d/v1".formatted(server.getAddress().getPort()));
  }

  /** Bodies of all requests. */
  public List<JsonNode> asked() {
    return asked;
  }

  public void refuse(int status, Map<String, String> headers) {
    refusal.set(new Refusal(status, headers));
  }

  /** Gives another answer to requests that don't stream; escaped for JSON. */
  public void say(String text) {
    answer.set(text);
  }

  /** Holds the answers back until {@link #letGo}. */
  public void hold() {
    held = new CountDownLatch(1);
  }

  public void letGo() {
    held.countDown();
  }

  /** Accepts requests and never answers. */
  public void keepSilent() {
    refusal.set(SILENCE);
  }

  public void answerAgain() {
    refusal.set(null);
  }

  @Override
  public void close() {
    closed.countDown();
    letGo();
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode body = TestClient.JSON.readTree(exchange.getRequestBody());
      asked.add(body);
      held.await();
      Refusal instead = refusal.get();
      if (SILENCE.equals(instead)) {
        closed.await();
      } else if (instead != null) {
        instead.headers().forEach(exchange.getResponseHeaders()::add);
        send(exchange, instead.status(), "{\"error\":{\"message\":\"not now\"}}");
      } else if (body.path("stream").asBoolean()) {
        stream(exchange);
      } else {
        send(
            exchange,
            200,
            """
            {"id":"c1","object":"chat.completion","created":1,"model":"gpt-5.4","choices":[{"index":0,
            "finish_reason":"stop","message":{"role":"assistant","content":"%s"}}],
            "usage":{"prompt_tokens":1000,"completion_tokens":100,"total_tokens":1100}}
            """
                .formatted(answer.get()));
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static void stream(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    for (String word : WORDS) {
      event(
          out,
          """
          {"id":"c1","object":"chat.completion.chunk","created":1,"model":"gpt-5.4","choices":[{"index":0,"delta":{"content":"%s"}}]}"""
              .formatted(word));
      pause();
    }
    event(
        out,
        """
        {"id":"c1","object":"chat.completion.chunk","created":1,"model":"gpt-5.4","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""");
    event(
        out,
        """
        {"id":"c1","object":"chat.completion.chunk","created":1,"model":"gpt-5.4","choices":[],"usage":{"prompt_tokens":1000,"completion_tokens":100,"total_tokens":1100}}""");
    event(out, "[DONE]");
  }

  private static void event(OutputStream out, String data) throws IOException {
    out.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** Flushes each part before the next is written. */
  private static void pause() throws IOException {
    try {
      Thread.sleep(150);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
