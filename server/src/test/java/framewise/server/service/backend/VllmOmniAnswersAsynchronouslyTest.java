package framewise.server.service.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.server.service.LiveFilm;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server of vLLM-Omni gets the pictures one by one and answers over the same socket. */
@Timeout(120)
class VllmOmniAnswersAsynchronouslyTest {
  @TempDir Path folder;

  private final VllmOmniStub omni = new VllmOmniStub();
  private RunningService service;
  private TestClient client;

  @BeforeEach
  void start() throws Exception {
    serve(20);
  }

  private void serve(int timeoutSeconds) throws Exception {
    service =
        RunningService.on(
            folder.resolve("data-" + timeoutSeconds),
            ScriptedBackend.echo(),
            Map.of(
                "VLLM_OMNI_BASE_URL",
                omni.address(),
                "VLLM_OMNI_TIMEOUT_SECONDS",
                Integer.toString(timeoutSeconds),
                "FRAMEWISE_URL_SOURCES",
                "any"));
    client = service.client();
  }

  @AfterEach
  void stop() {
    service.close();
    omni.close();
    assertThat(omni.faults).isEmpty();
  }

  @Test
  void liveVideoIsAnsweredAndThePromptCanChange() throws Exception {
    try (var film = LiveFilm.start()) {
      String id = watch(film, "\"prompt\":\"A\",\"system\":\"Be brief.\",\"max_output_tokens\":50");
      await().until(() -> texts(id).contains("I see it: A"));
      JsonNode config = omni.configs.getFirst();
      assertThat(config.path("modalities")).hasToString("[\"text\"]");
      assertThat(config.path("system_prompt").asText()).isEqualTo("Be brief.");
      assertThat(config.path("num_frames").asInt()).isEqualTo(1);
      assertThat(config.at("/sampling_params_list/0/max_tokens").asInt()).isEqualTo(50);
      JsonNode first = results(id).get(0);
      assertThat(first.path("backend").asText()).isEqualTo("vllm_omni");
      assertThat(first.path("ok").asBoolean()).isTrue();
      assertThat(client.post("/update-prompt/" + id, "{\"prompt\":\"B\"}").statusCode())
          .isEqualTo(200);
      await().until(() -> texts(id).contains("I see it: B"));
      assertThat(omni.configs).as("the same session").hasSize(1);
      assertThat(client.post("/stop-stream/" + id, "").statusCode()).isEqualTo(200);
      await().until(() -> omni.ended.get() == 1);
    }
  }

  @Test
  void silenceIsNoResultAndAnErrorIsAFailure() throws Exception {
    omni.manner = VllmOmniStub.ReplyMode.SILENCE;
    try (var film = LiveFilm.start()) {
      String id = watch(film, "\"prompt\":\"Only when it rains\"");
      await().until(() -> omni.asked.size() >= 3);
      assertThat(results(id)).isEmpty();
      omni.manner = VllmOmniStub.ReplyMode.ERROR;
      await().until(() -> !results(id).isEmpty());
      JsonNode failed = results(id).get(0);
      assertThat(failed.path("ok").asBoolean()).isFalse();
      assertThat(failed.at("/error/message").asText())
          .isEqualTo("vLLM-Omni: Query processing failed.");
      omni.manner = VllmOmniStub.ReplyMode.WORDS;
      await().until(() -> texts(id).contains("I see it: Only when it rains"));
    }
  }

  @Test
  void aLostSessionIsReopened() throws Exception {
    try (var film = LiveFilm.start()) {
      String id = watch(film, "\"prompt\":\"A\"");
      await().until(() -> texts(id).contains("I see it: A"));
      omni.cut();
      await().until(() -> omni.configs.size() == 2);
      int before = texts(id).size();
      await().until(() -> texts(id).size() > before);
      notice(id, "vLLM-Omni: it closed the connection (1011, engine restarted).");
      notice(id, "opened a new stream at the same position");
    }
  }

  @Test
  void aSilentServerIsReportedAndRetried() throws Exception {
    service.close();
    serve(2);
    omni.manner = VllmOmniStub.ReplyMode.NEVER;
    try (var film = LiveFilm.start()) {
      String id = watch(film, "\"prompt\":\"A\"");
      await().atMost(Duration.ofSeconds(60)).until(() -> omni.configs.size() == 2);
      assertThat(results(id).findValuesAsText("message"))
          .containsExactly(
              "vLLM-Omni: it did not answer within 2 s.",
              "vLLM-Omni: it did not answer within 2 s.");
      notice(id, "it gave no answer within 2 s, 3 times");
    }
  }

  @Test
  void aSlowServerGetsTheNewestPictures() throws Exception {
    try (var film = LiveFilm.start()) {
      String id = watch(film, "\"prompt\":\"A\",\"fps\":10");
      await().until(() -> texts(id).contains("I see it: A"));
      omni.isStuck = true;
      notice(id, "to keep up");
      omni.isStuck = false;
      assertThat(session(id).at("/counters/dropped").asLong()).isPositive();
      int before = texts(id).size();
      await().until(() -> texts(id).size() > before);
    }
  }

  @Test
  void theEndOfAFileIsAnswered() throws Exception {
    String id = client.uploaded(TestVideos.moving(folder, 3));
    assertThat(
            client
                .post("/start-stream/" + id, "{\"prompt\":\"A\",\"backend\":\"vllm_omni\"}")
                .statusCode())
        .isEqualTo(200);
    await().until(() -> session(id).path("status").asText().equals("finished"));
    assertThat(texts(id)).contains("I see it: A");
    await().until(() -> omni.ended.get() == 1);
  }

  @Test
  void unsupportedSettingsAreRefused() throws Exception {
    String id = client.uploaded(TestVideos.moving(folder, 1));
    for (String wrong : List.of("\"output_schema\":{\"type\":\"object\"}", "\"pace\":\"fast\"")) {
      var answer =
          client.post(
              "/start-stream/" + id,
              "{\"prompt\":\"A\",\"backend\":\"vllm_omni\",%s}".formatted(wrong));
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
    }
    omni.acceptsConfigs = false;
    // The server closes at once, before or after the next message to it.
    for (int i = 0; i < 30; i++) {
      var refused =
          client.post("/start-stream/" + id, "{\"prompt\":\"A\",\"backend\":\"vllm_omni\"}");
      assertThat(refused.statusCode()).isEqualTo(502);
      assertThat(TestClient.json(refused).path("detail").asText())
          .isEqualTo(
              "vLLM-Omni: it refused the session: Invalid session config: 1 validation error.");
    }
    omni.close();
    var gone = client.post("/start-stream/" + id, "{\"prompt\":\"A\",\"backend\":\"vllm_omni\"}");
    assertThat(gone.statusCode()).isEqualTo(502);
    assertThat(TestClient.json(gone).path("detail").asText())
        .isEqualTo("vLLM-Omni: it cannot be reached: check VLLM_OMNI_BASE_URL and the network.");
  }

  private String watch(LiveFilm film, String settings) throws Exception {
    var added = client.post("/sessions", "{\"url\":\"%s\"}".formatted(film.url()));
    assertThat(added.statusCode()).as(added.body()).isBetween(200, 201);
    String id = TestClient.json(added).path("session_id").asText();
    var started =
        client.post(
            "/start-stream/" + id,
            "{\"backend\":\"vllm_omni\",\"delay_seconds\":0.5,%s}".formatted(settings));
    assertThat(started.statusCode()).as(started.body()).isEqualTo(200);
    return id;
  }

  private JsonNode session(String id) throws Exception {
    return TestClient.json(client.get("/sessions/" + id));
  }

  private JsonNode results(String id) throws Exception {
    return TestClient.json(client.get("/sessions/" + id + "/results")).path("results");
  }

  private List<String> texts(String id) throws Exception {
    return results(id).valueStream().map(result -> result.path("result").asText()).toList();
  }

  /** Waits for a notice about a session. */
  private void notice(String id, String part) throws Exception {
    client
        .socket("/ws/" + id + "?since=0")
        .until(event -> event.path("detail").asText().contains(part));
  }
}
