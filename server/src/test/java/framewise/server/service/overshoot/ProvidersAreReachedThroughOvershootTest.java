package framewise.server.service.overshoot;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Requests for gemini, openai and anthropic go to the provider if its own key is configured,
 * otherwise to Overshoot.
 */
class ProvidersAreReachedThroughOvershootTest {
  @TempDir Path folder;

  private final List<JsonNode> asked = new CopyOnWriteArrayList<>();
  private final HttpServer overshoot = server();

  @BeforeEach
  void open() {
    overshoot.createContext("/", this::refuse);
    overshoot.start();
  }

  @AfterEach
  void close() {
    overshoot.stop(0);
  }

  @ParameterizedTest
  @CsvSource({
    "overshoot, Qwen/Qwen3-VL-30B-A3B-Instruct",
    "gemini, gemini-2.5-flash",
    "openai, gpt-5.4",
    "anthropic, claude-sonnet-4-6"
  })
  void theRequestedBackEndIsNamed(String backend, String model) throws Exception {
    start(backend, Map.of());
    assertThat(asked).hasSize(1);
    JsonNode request = asked.getFirst();
    assertThat(request.at("/inference/backend").asText()).isEqualTo(backend);
    assertThat(request.at("/inference/model").asText()).isEqualTo(model);
    assertThat(request.at("/inference/prompt").asText()).isEqualTo("What is it?");
    assertThat(request.at("/webrtc/type").asText()).isEqualTo("offer");
    assertThat(request.at("/webrtc/sdp").asText()).contains("m=video");
    assertThat(request.at("/processing").toString())
        .isEqualTo(
            "{\"fps\":4,\"sampling_ratio\":0.5,\"clip_length_seconds\":2.0,\"delay_seconds\":3.0}");
  }

  @Test
  void aProviderWithItsOwnKeyIsAskedDirectly() throws Exception {
    start("openai", Map.of("OPENAI_API_KEY", "sk-own", "OPENAI_BASE_URL", "http://127.0.0.1:9/v1"));
    assertThat(asked).isEmpty();
  }

  @Test
  void theConfiguredModelIsRequested() throws Exception {
    start("gemini", Map.of("GEMINI_MODEL", "gemini-of-ours"));
    assertThat(asked.getFirst().at("/inference/model").asText()).isEqualTo("gemini-of-ours");
  }

  private void start(String backend, Map<String, String> more) throws Exception {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("OVERSHOOT_API_KEY", "ovs_key");
    environment.put(
        "OVERSHOOT_API_URL",
        "http://127.0.0.1:%d/api/v0.2".formatted(overshoot.getAddress().getPort()));
    try (var service =
        RunningService.on(folder.resolve("data"), ScriptedBackend.echo(), environment)) {
      String id = service.client().uploaded(TestVideos.moving(folder, 1));
      service
          .client()
          .post(
              "/start-stream/" + id,
              """
              {"prompt": "What is it?", "backend": "%s", "fps": 4, "sampling_ratio": 0.5,
               "clip_length_seconds": 2, "delay_seconds": 3}"""
                  .formatted(backend));
    }
  }

  private void refuse(HttpExchange exchange) throws IOException {
    asked.add(TestClient.JSON.readTree(exchange.getRequestBody().readAllBytes()));
    exchange.sendResponseHeaders(401, -1);
    exchange.close();
  }

  private static HttpServer server() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
