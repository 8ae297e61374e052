package framewise.bench.cluster;

import static framewise.bench.service.ServiceProcess.JSON;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;

/**
 * A model server with OpenAI's API that takes a fixed time and always says the same, under any name
 * of a model.
 */
final class ConstantModel implements AutoCloseable {
  private final HttpServer web;
  private final Duration latency;

  /**
   * @param latency of each answer; zero answers at once
   */
  ConstantModel(Duration latency) throws IOException {
    this.latency = latency;
    web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    web.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    web.createContext("/v1/chat/completions", this::answer);
    web.start();
  }

  /** Settings of a service that uses it. */
  Map<String, String> settings() {
    return Map.of(
        "LOCAL_BASE_URL",
        "http://127.0.0.1:%d/v1".formatted(web.getAddress().getPort()),
        "LOCAL_MODEL",
        "constant");
  }

  @Override
  public void close() {
    web.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String asked = JSON.readTree(exchange.getRequestBody()).path("model").asText();
      byte[] answer =
          """
          {"id":"1","object":"chat.completion","created":1,"model":"%s","choices":[{"index":0,\
          "message":{"role":"assistant","content":"Nothing happens."},"finish_reason":"stop"}],\
          "usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}\
          """
              .formatted(asked)
              .getBytes(StandardCharsets.UTF_8);
      Thread.sleep(latency);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }
}
