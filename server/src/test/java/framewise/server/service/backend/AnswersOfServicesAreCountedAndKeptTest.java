package framewise.server.service.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.atlassian.oai.validator.model.Request;
import com.fasterxml.jackson.databind.JsonNode;
import framewise.server.service.OpenAiStub;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import framewise.server.service.contract.Contract;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** End to end with a paid service, over real HTTP. */
@Timeout(90)
class AnswersOfServicesAreCountedAndKeptTest {
  private static final Contract CONTRACT = new Contract("openapi.yaml", "");

  @TempDir Path folder;
  private final OpenAiStub openai = new OpenAiStub();
  private RunningService service;
  private TestClient client;

  @BeforeEach
  void start() throws Exception {
    service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo(), openai.settings());
    client = service.client();
  }

  @AfterEach
  void stop() {
    service.close();
    openai.close();
  }

  @Test
  void tokensBecomeCosts() throws Exception {
    String id = client.uploaded(TestVideos.moving(folder, 2));
    assertThat(TestClient.json(client.get("/sessions/" + id)).has("forecast")).isFalse();
    var started =
        client.post(
            "/start-stream/" + id,
            "{\"prompt\":\"Count the boxes\",\"backend\":\"openai\",\"pace\":\"fast\"}");
    CONTRACT.fits(Request.Method.POST, "/start-stream/" + id, started);
    JsonNode forecast = TestClient.json(started).get("forecast");
    assertThat(forecast.get("text").asText()).matches("about \\$\\d+\\.\\d\\d an hour");
    assertThat(forecast.get("usd_per_hour").asDouble()).isPositive();
    var streaming = client.get("/sessions/" + id);
    CONTRACT.fits(Request.Method.GET, "/sessions/" + id, streaming);
    assertThat(TestClient.json(streaming).get("forecast")).isEqualTo(forecast);
    var list = client.get("/sessions");
    CONTRACT.fits(Request.Method.GET, "/sessions", list);
    assertThat(TestClient.json(list).at("/sessions/0/forecast")).isEqualTo(forecast);

    List<JsonNode> results = results(id);
    assertThat(results).hasSize(2);
    assertThat(results.getFirst().get("result").asText()).isEqualTo("I see 7 boxes.");
    assertThat(results.getFirst().at("/usage/input_tokens").asInt()).isEqualTo(1_000);
    assertThat(results.getFirst().get("cost_usd").asDouble()).isEqualTo(0.004);
    var session = client.get("/sessions/" + id);
    CONTRACT.fits(Request.Method.GET, "/sessions/" + id, session);
    assertThat(TestClient.json(session).at("/spent/usd").asDouble()).isEqualTo(0.008);
    var usage = client.get("/usage");
    CONTRACT.fits(Request.Method.GET, "/usage", usage);
    assertThat(TestClient.json(usage).at("/spent/usd").asDouble()).isEqualTo(0.008);
    assertThat(client.get("/metrics").body())
        .contains(
            "framewise_cost_today_usd 0.008",
            "framewise_tokens_total{backend=\"openai\",kind=\"input\"} 2000.0",
            "framewise_backend_limit{backend=\"openai\"} 4.0",
            "framewise_backend_open{backend=\"openai\"} 1.0");
  }

  @Test
  void theExactRequestCanBeFetched() throws Exception {
    String id =
        client.stream(
            TestVideos.moving(folder, 1),
            "{\"prompt\":\"What is it?\",\"backend\":\"openai\",\"pace\":\"fast\"}");
    long seq = results(id).getFirst().get("seq").asLong();
    String path = "/sessions/%s/results/%d/evidence".formatted(id, seq);
    await().until(() -> client.get(path).statusCode() == 200);
    var evidence = client.get(path);
    CONTRACT.fits(Request.Method.GET, path, evidence);
    JsonNode frame = TestClient.json(evidence).at("/frames/0");
    var picture = client.sendForBytes(client.to(frame.get("href").asText()).GET());
    assertThat(picture.headers().firstValue("Content-Type")).contains("image/jpeg");
    String digest =
        HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(picture.body()));
    assertThat(frame.get("sha256").asText()).isEqualTo(digest);
    assertThat(openai.asked().getFirst().toString())
        .contains(Base64.getEncoder().encodeToString(picture.body()));
    assertThat(TestClient.json(evidence).get("request").toString())
        .contains("sha256:" + digest, "What is it?")
        .doesNotContain("sk-test");

    assertThat(client.get(path + "/1.jpg").statusCode()).isEqualTo(404);
    assertThat(client.get(path + "/..%2f0.jpg").statusCode()).isNotEqualTo(200);
    assertThat(client.get("/sessions/%s/results/x/evidence".formatted(id)).statusCode())
        .isEqualTo(422);
    client.delete("/sessions/" + id);
    assertThat(folder.resolve("data/evidence/" + id)).doesNotExist();
  }

  @Test
  void theTimeoutIsConfigurable() throws Exception {
    openai.keepSilent();
    Map<String, String> settings = new HashMap<>(openai.settings());
    settings.put("OPENAI_TIMEOUT_SECONDS", "1");
    try (var hasty = RunningService.on(folder.resolve("hasty"), ScriptedBackend.echo(), settings)) {
      String id =
          hasty.client().stream(
              TestVideos.moving(folder, 1),
              "{\"prompt\":\"x\",\"backend\":\"openai\",\"pace\":\"fast\"}");
      List<JsonNode> events = hasty.client().socket("/ws/" + id).untilEnd();
      JsonNode result = events.stream().filter(e -> e.has("ok")).findFirst().orElseThrow();
      assertThat(result.at("/error/code").asText()).isEqualTo("timeout");
      assertThat(result.get("inference_latency_ms").asDouble()).isLessThan(30_000);
    }
  }

  @Test
  void theBuiltInModelSendsNothing() throws Exception {
    String id =
        client.stream(
            TestVideos.moving(folder, 1),
            "{\"prompt\":\"x\",\"backend\":\"builtin\",\"pace\":\"fast\"}");
    long seq = results(id).getFirst().get("seq").asLong();
    String path = "/sessions/%s/results/%d/evidence".formatted(id, seq);
    var none = client.get(path);
    CONTRACT.fits(Request.Method.GET, path, none);
    assertThat(none.statusCode()).isEqualTo(404);
    assertThat(TestClient.json(none).get("code").asText()).isEqualTo("no_evidence");
  }

  @Test
  void subscribersCanGetPartialAnswers() throws Exception {
    String id = client.uploaded(TestVideos.moving(folder, 3));
    var watching = client.socket("/ws/" + id + "?since=0&partial=true");
    var waiting = client.socket("/ws/" + id + "?since=0");
    client.post(
        "/start-stream/" + id, "{\"prompt\":\"x\",\"backend\":\"openai\",\"pace\":\"fast\"}");
    List<JsonNode> seen = watching.untilEnd();
    List<JsonNode> partials =
        seen.stream().filter(e -> e.get("type").asText().equals("partial")).toList();
    assertThat(partials).isNotEmpty().noneMatch(e -> e.has("seq"));
    assertThat(partials).anyMatch(e -> e.get("result").asText().equals("I see 7"));
    List<String> ids =
        seen.stream()
            .filter(e -> e.get("type").asText().equals("result"))
            .map(e -> e.get("id").asText())
            .toList();
    assertThat(partials).allMatch(e -> ids.contains(e.get("id").asText()));
    assertThat(waiting.untilEnd())
        .as("numbered events alone, to the byte")
        .isEqualTo(seen.stream().filter(e -> !e.get("type").asText().equals("partial")).toList());
    assertThat(client.get("/events/" + id + "?partial=perhaps").statusCode()).isEqualTo(422);
  }

  @Test
  void anOverloadedServiceIsPausedAndTheFallbackAnswers() throws Exception {
    openai.refuse(429, Map.of("Retry-After", "3"));
    String id =
        client.stream(
            TestVideos.moving(folder, 6),
            "{\"prompt\":\"x\",\"backend\":\"openai\",\"fallback\":[\"builtin\"]}");
    var events = client.socket("/ws/" + id + "?since=0");
    JsonNode first = events.next("result");
    assertThat(first.get("backend").asText()).isEqualTo("builtin");
    assertThat(first.get("ok").asBoolean()).isTrue();
    assertThat(client.get("/metrics").body())
        .contains(
            "framewise_backend_limit{backend=\"openai\"} 2.0",
            "framewise_backend_open{backend=\"openai\"} 0.0");
    openai.answerAgain();
    JsonNode result = events.next("result");
    while (!result.get("backend").asText().equals("openai")) {
      assertThat(openai.asked()).as("during the requested pause").hasSize(1);
      result = events.next("result");
    }
    client.post("/stop-stream/" + id, "");
  }

  @Test
  void everySettingCanBeChangedDuringTheRun() throws Exception {
    String id =
        client.stream(
            TestVideos.moving(folder, 3),
            "{\"prompt\":\"first\",\"backend\":\"openai\",\"loop\":true}");
    var events = client.socket("/ws/" + id + "?since=0");
    assertThat(events.next("result").get("backend").asText()).isEqualTo("openai");
    String path = "/sessions/" + id;
    var changed =
        client.send(
            client
                .to(path, "Content-Type", "application/json")
                .method(
                    "PATCH",
                    BodyPublishers.ofString(
                        """
                        {"prompts":[{"name":"a","prompt":"A?"},{"name":"b","prompt":"B?","backend":"openai"}],
                        "backend":"builtin","delay_seconds":0.5,"skip_unchanged":true,"fallback":["builtin"],"budget":1}
                        """)));
    CONTRACT.fits(Request.Method.PATCH, path, changed);
    assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
    JsonNode settings = TestClient.json(changed).get("settings");
    assertThat(settings.at("/prompts/0/backend").asText()).isEqualTo("builtin");
    assertThat(settings.at("/prompts/1/backend").asText()).isEqualTo("openai");
    assertThat(settings.at("/processing/delay_seconds").asDouble()).isEqualTo(0.5);
    assertThat(settings.get("budget").asDouble()).isEqualTo(1);
    JsonNode update = events.next("settings_updated");
    assertThat(update.get("changed").toString()).contains("prompts", "processing", "budget");
    JsonNode result = events.next("result");
    while (!result.path("name").asText().equals("a")) {
      result = events.next("result");
    }
    assertThat(result.get("result").asText()).startsWith("A? #");

    for (String bad :
        List.of(
            "{\"pace\":\"fast\"}",
            "{\"prompt\":\"which?\"}",
            "{\"delay_seconds\":0}",
            "{\"fallback\":\"builtin\"}",
            "{\"budget\":-1}",
            "{\"skip_unchanged\":2}",
            "{\"prompts\":[]}",
            "{\"prompts\":[{\"name\":\"a\",\"prompt\":\"x\"},{\"name\":\"a\",\"prompt\":\"y\"}]}")) {
      var refused =
          client.send(
              client
                  .to(path, "Content-Type", "application/json")
                  .method("PATCH", BodyPublishers.ofString(bad)));
      assertThat(refused.statusCode()).as(bad).isEqualTo(422);
      CONTRACT.fits(Request.Method.PATCH, path, refused);
      assertThat(TestClient.json(refused).get("errors")).as(bad).hasSize(1);
    }
    var both =
        client.send(
            client
                .to(path, "Content-Type", "application/json")
                .method(
                    "PATCH", BodyPublishers.ofString("{\"prompts\":[],\"budget\":-1,\"fps\":0}")));
    assertThat(TestClient.json(both).get("errors")).as("every fault at once").hasSize(3);
    client.post("/stop-stream/" + id, "");
  }

  private List<JsonNode> results(String id) throws Exception {
    return client.socket("/ws/" + id + "?since=0").untilEnd().stream()
        .filter(e -> e.get("type").asText().equals("result"))
        .toList();
  }
}
