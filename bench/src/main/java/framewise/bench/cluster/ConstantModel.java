package framewise.bench.cluster;

import static framewise.bench.service.ServiceProcess.JSON;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import framewise.testing.ChatWire;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/**
 * A model server with OpenAI's API that takes a fixed time and always gives the same answer,
 * whatever model is requested.
 */
final class ConstantModel implements AutoCloseable {
  private final HttpServer web;
  private final Duration latency;

  /**
   * @param latency of each answer; zero answers at once
   */
  ConstantModel(Duration latency) {
    this.latency = latency;
    web = ChatWire.start(0, this::answer);
  }

  /** Settings for a service that uses this model. */
  Map<String, String> settings() {
    return Map.of("LOCAL_BASE_URL", ChatWire.url(web), "LOCAL_MODEL", "constant");
  }

  @Override
  public void close() {
    web.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException, InterruptedException {
    String asked = JSON.readTree(exchange.getRequestBody()).path("model").asText();
    Thread.sleep(latency);
    ChatWire.send(exchange, 200, new ChatWire(asked, 1, 1).answer("Nothing happens."));
  }
}
