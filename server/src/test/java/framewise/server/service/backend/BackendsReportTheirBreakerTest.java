package framewise.server.service.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code GET /backends} reports whether requests to a back end are paused, and how long the latest
 * requests took.
 */
@Timeout(120)
class BackendsReportTheirBreakerTest {
  private static final String MODELS = "{\"object\":\"list\",\"data\":[{\"id\":\"qwen2.5vl\"}]}";

  @TempDir Path folder;

  private HttpServer failing;

  @BeforeEach
  void open() throws IOException {
    failing = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    failing.createContext("/", BackendsReportTheirBreakerTest::answer);
    failing.start();
  }

  @AfterEach
  void close() {
    failing.stop(0);
  }

  @Test
  void ofAFailingServer() throws Exception {
    String address = "http://127.0.0.1:%d/v1".formatted(failing.getAddress().getPort());
    try (var service =
        RunningService.on(
            folder.resolve("data"),
            ScriptedBackend.echo(),
            Map.of("LOCAL_BASE_URL", address, "FRAMEWISE_FRAME_SIZE", "64"))) {
      JsonNode unused = local(service);
      assertThat(unused.at("/breaker/state").asText()).isEqualTo("closed");
      assertThat(unused.at("/breaker/failures").asInt()).isZero();
      assertThat(unused.path("recent").isArray()).isTrue();
      assertThat(unused.path("recent")).isEmpty();

      String id = service.client().uploaded(TestVideos.moving(folder, 4));
      var started =
          service
              .client()
              .post(
                  "/start-stream/" + id,
                  "{\"prompt\":\"What is it?\",\"backend\":\"local\",\"delay_seconds\":0.1}");
      assertThat(started.statusCode()).as(started.body()).isEqualTo(200);
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> local(service).at("/breaker/state").asText().equals("open"));
      JsonNode paused = local(service);
      assertThat(paused.at("/breaker/failures").asInt()).isGreaterThanOrEqualTo(5);
      assertThat(paused.at("/breaker/code").asText()).isNotEmpty();
      assertThat(Instant.parse(paused.at("/breaker/until").asText())).isAfter(Instant.EPOCH);
      assertThat(paused.path("recent").size()).isBetween(5, 60);
      for (JsonNode request : paused.path("recent")) {
        assertThat(request.path("ok").asBoolean(true)).isFalse();
        assertThat(request.path("latency_ms").asInt(-1)).isNotNegative();
        assertThat(Instant.parse(request.path("at").asText())).isAfter(Instant.EPOCH);
      }
    }
  }

  private static JsonNode local(RunningService service) throws Exception {
    for (JsonNode each : TestClient.json(service.client().get("/backends")).path("backends")) {
      if (each.path("name").asText().equals("local")) {
        return each;
      }
    }
    throw new AssertionError("no local back end");
  }

  private static void answer(HttpExchange exchange) throws IOException {
    boolean asks = exchange.getRequestMethod().equals("POST");
    exchange.getRequestBody().readAllBytes();
    byte[] bytes = (asks ? "{}" : MODELS).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(asks ? 503 : 200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
