package framewise.server.service.backend;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.model.Request;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import framewise.server.service.contract.Contract;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sessions with a model server that refuses parts of the requests. */
@Timeout(120)
class RefusingServersAreHandledTest {
  private static final Contract CONTRACT = new Contract("openapi.yaml", "");

  private static final String MODELS = "{\"object\":\"list\",\"data\":[{\"id\":\"qwen2.5vl\"}]}";

  private static final String COUNT =
      "{\"model\":\"qwen2.5vl\",\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":"
          + "\"<think>Hm.</think>Sure! {\\\"count\\\": 2}\"},\"finish_reason\":\"stop\"}]}";

  @TempDir Path folder;

  private record Said(int status, String body) {}

  private final List<JsonNode> asked = new CopyOnWriteArrayList<>();
  private volatile Function<JsonNode, Said> says = body -> new Said(500, "{}");
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
  void theFallbackAnswersWithoutCredit() throws Exception {
    says =
        body ->
            new Said(
                400,
                "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"Your"
                    + " credit balance is too low to access the Anthropic API. Please go to Plans &"
                    + " Billing to upgrade or purchase credits.\"}}");
    try (var service =
        service(Map.of("ANTHROPIC_API_KEY", "sk-ant", "ANTHROPIC_BASE_URL", address()))) {
      JsonNode results =
          results(
              service,
              "{\"prompt\":\"What is it?\",\"backend\":\"anthropic\",\"pace\":\"fast\",\"fallback\":[\"builtin\"]}",
              3);
      assertThat(asked).isNotEmpty();
      for (JsonNode result : results) {
        assertThat(result.path("ok").asBoolean()).as(result.toString()).isTrue();
        assertThat(result.path("backend").asText()).isEqualTo("builtin");
      }
    }
  }

  @Test
  void aRefusedParameterIsDroppedAndListed() throws Exception {
    says =
        body ->
            body.has("response_format")
                ? new Said(
                    400,
                    "{\"error\":{\"message\":\"This response_format type is unavailable now\","
                        + "\"type\":\"invalid_request_error\"}}")
                : new Said(200, COUNT);
    try (var service = service(Map.of("LOCAL_BASE_URL", address()))) {
      JsonNode results =
          results(
              service,
              "{\"prompt\":\"How many?\",\"backend\":\"local\",\"pace\":\"fast\",\"output_schema\":"
                  + "{\"type\":\"object\",\"properties\":{\"count\":{\"type\":\"integer\"}},\"required\":[\"count\"]}}",
              3);
      for (JsonNode result : results) {
        assertThat(result.path("ok").asBoolean()).as(result.toString()).isTrue();
        assertThat(TestClient.JSON.readTree(result.path("result").asText()))
            .isEqualTo(TestClient.JSON.readTree("{\"count\":2}"));
      }
      assertThat(asked).filteredOn(body -> body.has("response_format")).hasSizeBetween(1, 4);
      JsonNode backends = TestClient.json(service.client().get("/backends")).path("backends");
      for (JsonNode backend : backends) {
        String name = backend.path("name").asText();
        assertThat(backend.path("refused_parameters").toString())
            .as(name)
            .isEqualTo(
                name.equals("local")
                    ? "[{\"model\":\"qwen2.5vl\",\"parameter\":\"response_format\",\"instead\":\"the schema is in the prompt\"}]"
                    : "[]");
      }
    }
  }

  @Test
  void reasoningIsSetPerQuestion() throws Exception {
    says = body -> new Said(200, COUNT);
    try (var service = service(Map.of("LOCAL_BASE_URL", address()))) {
      String id =
          started(
              service,
              "{\"prompts\":[{\"name\":\"a\",\"prompt\":\"A?\"},{\"name\":\"b\",\"prompt\":\"B?\",\"reasoning\":\"high\"}],"
                  + "\"reasoning\":\"low\",\"backend\":\"local\",\"loop\":true,\"delay_seconds\":0.1}");
      until(() -> efforts("A?").contains("low") && efforts("B?").contains("high"));
      assertThat(efforts("A?")).containsOnly("low");
      JsonNode settings = TestClient.json(service.client().get("/sessions/" + id)).path("settings");
      assertThat(settings.path("reasoning").asText()).isEqualTo("low");
      assertThat(settings.at("/prompts/1/reasoning").asText()).isEqualTo("high");

      change(
          service,
          id,
          "{\"prompt\":\"C?\",\"prompts\":null,\"backend\":\"local\",\"reasoning\":\"off\"}");
      until(() -> efforts("C?").contains("none"));
      change(service, id, "{\"prompt\":\"D?\",\"reasoning\":null}");
      until(() -> efforts("D?").contains(""));
      assertThat(efforts("D?")).containsOnly("");
    }
  }

  private static void change(RunningService service, String id, String body) throws Exception {
    var changed =
        service
            .client()
            .send(
                service
                    .client()
                    .to("/sessions/" + id, "Content-Type", "application/json")
                    .method("PATCH", BodyPublishers.ofString(body)));
    CONTRACT.fits(Request.Method.PATCH, "/sessions/" + id, changed);
    assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
  }

  /** Reasoning effort in each request with this prompt; empty if it is not set. */
  private List<String> efforts(String prompt) {
    return asked.stream()
        .filter(body -> body.path("messages").toString().contains('"' + prompt + '"'))
        .map(body -> body.path("reasoning_effort").asText())
        .toList();
  }

  private static void until(BooleanSupplier holds) {
    while (!holds.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  private RunningService service(Map<String, String> environment) throws Exception {
    return RunningService.on(folder.resolve("data"), ScriptedBackend.echo(), environment);
  }

  private JsonNode results(RunningService service, String start, int count) throws Exception {
    String id = started(service, start);
    JsonNode results = TestClient.json(service.client().get("/sessions/" + id + "/results"));
    while (results.path("results").size() < count) {
      Thread.onSpinWait();
      results = TestClient.json(service.client().get("/sessions/" + id + "/results"));
    }
    return results.path("results");
  }

  private String started(RunningService service, String start) throws Exception {
    String id = service.client().uploaded(TestVideos.moving(folder, 4));
    var started = service.client().post("/start-stream/" + id, start);
    assertThat(started.statusCode()).as(started.body()).isEqualTo(200);
    return id;
  }

  private String address() {
    return "http://127.0.0.1:%d/v1".formatted(far.getAddress().getPort());
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    Said said = new Said(200, MODELS);
    if (exchange.getRequestMethod().equals("POST")) {
      JsonNode request = TestClient.JSON.readTree(body);
      asked.add(request);
      said = says.apply(request);
    }
    byte[] bytes = said.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(said.status(), bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
