package framewise.server.service.backend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Regression: Gemini's URL contains the model: {@code ../../evil} was another call with the
 * service's key, and {@code ../models/gemini-2.5-pro} a model without a price, which no budget
 * counted.
 */
class ModelNamesCannotChangeTheUrlTest {
  @TempDir static Path folder;
  private static RunningService service;
  private static TestClient client;
  private static String id;

  @BeforeAll
  static void start() throws Exception {
    service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo());
    client = service.client();
    id = client.uploaded(TestVideos.moving(folder, 2));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../evil",
        "..%2f..%2fevil",
        "a/../b",
        "gemini-2.5-pro:generateContent?x=",
        "gemini#x",
        "a&b=c",
        "x\r\nX-Inj: 1",
        "m\u0000",
        "modèle",
        "a\\..\\b",
        "{m}",
      })
  void invalidCharactersAreRefused(String model) throws Exception {
    ObjectNode json = TestClient.JSON.createObjectNode().put("prompt", "a").put("model", model);
    var start = client.post("/start-stream/" + id, json.toString());
    assertThat(start.statusCode()).as(start.body()).isEqualTo(422);
    assertThat(start.body()).contains("\"field\":\"model\"", "must have only letters");
    var several = TestClient.JSON.createObjectNode();
    several.putArray("prompts").add(json.deepCopy().put("name", "one"));
    assertThat(client.post("/start-stream/" + id, several.toString()).body())
        .contains("prompts[0].model");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gemini-2.5-flash",
        "google/gemma-4-26B-A4B-it",
        "qwen2.5vl:7b-q4_K_M",
        "@cf/meta/llama-3.2-11b-vision-instruct",
        "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.x-v1:0",
        "/models/Qwen3 VL (8B).gguf",
        "C:\\models\\x.gguf",
        "~openai/gpt-5+vision",
      })
  void namesOfModelsAreAccepted(String model) throws Exception {
    ObjectNode json = TestClient.JSON.createObjectNode().put("prompt", "a").put("model", model);
    var start = client.post("/start-stream/" + id, json.toString());
    assertThat(start.body()).doesNotContain("must have only letters");
    client.post("/stop-stream/" + id, "");
  }
}
