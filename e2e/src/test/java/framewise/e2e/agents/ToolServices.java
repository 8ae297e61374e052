package framewise.e2e.agents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Chat services on a real socket, one for each wire format, whose model calls two tools and answers
 * once it has their outputs. Each refuses requests in any other format. A streamed call pauses
 * after its first part until the client reports that it has received that part.
 */
final class ToolServices implements AfterAllCallback {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final Map<String, Semaphore> seen =
      Map.of(
          "openai", new Semaphore(0),
          "local", new Semaphore(0),
          "anthropic", new Semaphore(0),
          "gemini", new Semaphore(0));

  ToolServices() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/release", this::release);
    server.createContext(
        "/openai/v1/chat/completions", e -> answer(e, new OpenAiToolWire("openai")));
    server.createContext("/local/v1/chat/completions", e -> answer(e, new OpenAiToolWire("local")));
    server.createContext("/anthropic/v1/messages", e -> answer(e, new AnthropicToolWire()));
    server.createContext("/gemini/v1beta/models/", e -> answer(e, new GeminiToolWire()));
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  /** A wire format: the expected requests, and the replies. */
  interface Wire {
    String name();

    /** What is wrong with a request; empty if nothing is. */
    List<String> faults(JsonNode body);

    /** Whether a request contains the outputs of the calls. */
    boolean hasOutputs(JsonNode body);

    /** A reply that calls {@code look_up} and {@code now}. */
    String calls();

    /**
     * The same reply as streamed events; the first event has only the first part of the first call.
     */
    List<String> callEvents();

    /** A reply in words. */
    String answer();

    List<String> answerEvents();
  }

  /** Settings for a Framewise service that uses these services. */
  Map<String, String> settings() {
    return Map.of(
        "OPENAI_API_KEY",
        "sk-test-0123456789",
        "OPENAI_BASE_URL",
        address("/openai/v1"),
        "LOCAL_BASE_URL",
        address("/local/v1"),
        "LOCAL_MODEL",
        "a-local-model",
        "ANTHROPIC_API_KEY",
        "sk-ant-0123456789",
        "ANTHROPIC_BASE_URL",
        address("/anthropic/v1"),
        "GEMINI_API_KEY",
        "AIza0123456789",
        "GEMINI_BASE_URL",
        address("/gemini/v1beta"));
  }

  String address(String path) {
    return "http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), path);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    server.stop(0);
  }

  private void release(HttpExchange exchange) throws IOException {
    try (exchange) {
      seen(exchange.getRequestURI().getQuery()).release();
      exchange.sendResponseHeaders(204, -1);
    }
  }

  private void answer(HttpExchange exchange, Wire wire) throws IOException {
    try (exchange) {
      JsonNode body = JSON.readTree(exchange.getRequestBody());
      List<String> faults = wire.faults(body);
      if (!faults.isEmpty()) {
        String error = JSON.createObjectNode().set("error", message(faults)).toString();
        send(exchange, 400, error);
        return;
      }
      boolean streamed =
          body.path("stream").asBoolean() || exchange.getRequestURI().getPath().contains(":stream");
      boolean ends = wire.hasOutputs(body);
      if (!streamed) {
        send(exchange, 200, ends ? wire.answer() : wire.calls());
        return;
      }
      exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
      exchange.sendResponseHeaders(200, 0);
      List<String> events = ends ? wire.answerEvents() : wire.callEvents();
      for (int i = 0; i < events.size(); i++) {
        if (i == 1 && !ends) {
          hold(wire);
        }
        exchange.getResponseBody().write(events.get(i).getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
      }
    }
  }

  private Semaphore seen(String name) {
    return Objects.requireNonNull(seen.get(name));
  }

  private static JsonNode message(List<String> faults) {
    return JSON.createObjectNode().put("message", String.join("; ", faults)).put("code", 400);
  }

  private void hold(Wire wire) throws IOException {
    try {
      if (!seen(wire.name()).tryAcquire(25, TimeUnit.SECONDS)) {
        throw new IOException("the first part of the call did not reach the client");
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
}
