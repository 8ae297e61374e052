package framewise.server.service.backend;

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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A self-hosted server and Overshoot's newer API: both answer clips and list their models. */
@Timeout(120)
class ModelServersAnswerClipsTest {
  private static final String ANSWER =
      "{\"model\":\"answered-by\",\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"A ball.\"},\"finish_reason\":\"stop\"}]}";
  private static final String MODELS =
      "{\"object\":\"list\",\"data\":[{\"id\":\"llama3.1\"},{\"id\":\"qwen2.5vl\"},{\"id\":\"gpt-5.4\"},"
          + "{\"id\":\"claude-sonnet-4-6\",\"status\":\"unavailable\"}]}";

  @TempDir Path folder;

  private final List<JsonNode> asked = new CopyOnWriteArrayList<>();
  private HttpServer far;

  @BeforeEach
  void open() throws IOException {
    far = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    far.createContext("/", this::answer);
    far.start();
  }

  @AfterEach
  void close() {
    far.stop(0);
  }

  @Test
  void aConfiguredLocalServer() throws Exception {
    try (var service =
        service(Map.of("LOCAL_BASE_URL", address("/v1"), "FRAMEWISE_FRAME_SIZE", "64"))) {
      assertThat(models(service, "local")).containsExactly("qwen2.5vl", "llama3.1", "gpt-5.4");
      JsonNode result = result(service, "");
      assertThat(result.path("backend").asText()).as("preferred").isEqualTo("local");
      assertThat(result.path("result").asText()).isEqualTo("A ball.");
      assertThat(asked.getFirst().path("model").asText()).isEqualTo("qwen2.5vl");
    }
  }

  @Test
  void overshootV1beta() throws Exception {
    try (var service =
        service(Map.of("OVERSHOOT_API_KEY", "ovs_key", "OVERSHOOT_API_URL", address("/v1beta")))) {
      assertThat(models(service, "overshoot")).containsExactly("qwen2.5vl", "llama3.1", "gpt-5.4");
      assertThat(models(service, "openai")).containsExactly("gpt-5.4");
      JsonNode result = result(service, "\"pace\":\"fast\",");
      assertThat(result.path("backend").asText()).isEqualTo("overshoot");
      assertThat(result.path("model").asText()).isEqualTo("answered-by");
      assertThat(asked.getFirst().at("/messages/0/content/0/type").asText()).isEqualTo("image_url");
    }
  }

  private RunningService service(Map<String, String> environment) throws Exception {
    return RunningService.on(folder.resolve("data"), ScriptedBackend.echo(), environment);
  }

  private JsonNode result(RunningService service, String more) throws Exception {
    String id = service.client().uploaded(TestVideos.moving(folder, 2));
    var started =
        service
            .client()
            .post("/start-stream/" + id, "{%s\"prompt\":\"What is it?\"}".formatted(more));
    assertThat(started.statusCode()).as(started.body()).isEqualTo(200);
    JsonNode results = TestClient.json(service.client().get("/sessions/" + id + "/results"));
    while (results.path("results").isEmpty()) {
      Thread.onSpinWait();
      results = TestClient.json(service.client().get("/sessions/" + id + "/results"));
    }
    return results.path("results").get(0);
  }

  private static List<String> models(RunningService service, String backend) throws Exception {
    JsonNode json = TestClient.json(service.client().get("/backends"));
    for (JsonNode each : json.path("backends")) {
      if (each.path("name").asText().equals(backend)) {
        return StreamSupport.stream(each.path("models").spliterator(), false)
            .map(JsonNode::asText)
            .toList();
      }
    }
    return List.of();
  }

  private String address(String path) {
    return "http://127.0.0.1:%d%s".formatted(far.getAddress().getPort(), path);
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    boolean asks = exchange.getRequestMethod().equals("POST");
    if (asks) {
      asked.add(TestClient.JSON.readTree(body));
    }
    byte[] bytes = (asks ? ANSWER : MODELS).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
