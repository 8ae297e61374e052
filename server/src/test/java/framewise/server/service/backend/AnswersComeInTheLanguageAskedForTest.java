package framewise.server.service.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.server.service.OpenAiStub;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jetty.http.HttpStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The language becomes part of the system text, for all prompts or one, and appears in the
 * evidence.
 */
@Timeout(120)
class AnswersComeInTheLanguageAskedForTest {
  @TempDir Path folder;

  private OpenAiStub openai;
  private RunningService service;
  private TestClient client;

  @BeforeEach
  void start() throws Exception {
    openai = new OpenAiStub();
    service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo(), openai.settings());
    client = service.client();
  }

  @AfterEach
  void stop() {
    service.close();
    openai.close();
  }

  @Test
  void theSystemTextAndTheEvidenceHaveIt() throws Exception {
    String id =
        client.stream(
            TestVideos.moving(folder, 1),
            """
            {"backend": "openai", "pace": "fast", "language": "German", "system": "Be brief.", "prompts": [
             {"name": "a", "prompt": "What?"}, {"name": "b", "prompt": "What?", "language": "pt-BR"}]}""");
    List<JsonNode> results =
        client.socket("/ws/" + id).untilEnd().stream()
            .filter(event -> event.path("type").asText().equals("result"))
            .toList();
    assertThat(openai.asked())
        .extracting(body -> body.at("/messages/0/role").asText())
        .containsOnly("system");
    assertThat(openai.asked())
        .extracting(body -> body.at("/messages/0/content").asText())
        .containsExactlyInAnyOrder(
            "Be brief.\n\nAnswer in this language: German.",
            "Be brief.\n\nAnswer in this language: pt-BR.");
    JsonNode settings = TestClient.json(client.get("/sessions/" + id)).path("settings");
    assertThat(settings.path("language").asText()).isEqualTo("German");
    assertThat(settings.at("/prompts/1/language").asText()).isEqualTo("pt-BR");

    String evidence =
        "/sessions/%s/results/%d/evidence".formatted(id, results.getFirst().get("seq").asLong());
    await().until(() -> client.get(evidence).statusCode() == HttpStatus.OK_200);
    assertThat(TestClient.json(client.get(evidence)).path("request").toString())
        .contains("Answer in this language: ");
  }

  @Test
  void aChangeTakesEffectOnTheNextClip() throws Exception {
    String id =
        client.stream(
            TestVideos.moving(folder, 3),
            "{\"prompt\":\"What?\",\"backend\":\"openai\",\"loop\":true}");
    client.socket("/ws/" + id + "?since=0").next("result");
    assertThat(openai.asked().getFirst().toString()).doesNotContain("language");
    var changed =
        client.send(
            client
                .to("/sessions/" + id, "Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString("{\"language\":\"German\"}")));
    assertThat(changed.statusCode()).isEqualTo(HttpStatus.OK_200);
    await().until(() -> openai.asked().getLast().toString().contains("language: German."));
    client.post("/stop-stream/" + id, "");
  }

  @Test
  void unsupportedLanguagesAreRefused() throws Exception {
    String id = client.uploaded(TestVideos.moving(folder, 1));
    HttpResponse<String> refused =
        client.post(
            "/start-stream/" + id,
            "{\"prompt\":\"What?\",\"backend\":\"builtin\",\"language\":\"German\"}");
    assertThat(refused.statusCode()).isEqualTo(HttpStatus.UNPROCESSABLE_ENTITY_422);
    assertThat(TestClient.json(refused).at("/errors/0/field").asText()).isEqualTo("language");
    assertThat(TestClient.json(refused).path("detail").asText())
        .isEqualTo(
            "language has no effect on \"builtin\": leave it out, or name a back end that has"
                + " language among its capabilities.");
  }
}
