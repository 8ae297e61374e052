package framewise.server.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plants keys and searches all output for them. */
class SecretsNeverAppearTest {
  private static final String PLANTED = "sk-planted-4711";

  @TempDir Path folder;

  @Test
  void notInTheLogNorInAnAnswer() throws Exception {
    var log = new LogKept();
    List<String> said = new ArrayList<>();
    var keys =
        Map.of(
            "OVERSHOOT_API_KEY",
            PLANTED,
            "OVERSHOOT_API_URL",
            "http://127.0.0.1:9/api/v0.2",
            "GEMINI_API_KEY",
            PLANTED,
            "GEMINI_BASE_URL",
            "http://127.0.0.1:9/v1beta",
            "OPENAI_API_KEY",
            PLANTED,
            "OPENAI_BASE_URL",
            "http://127.0.0.1:9/v1",
            "ANTHROPIC_API_KEY",
            PLANTED,
            "ANTHROPIC_BASE_URL",
            "http://127.0.0.1:9/v1",
            "LOCAL_BASE_URL",
            "http://user:" + PLANTED + "@127.0.0.1:9/v1");
    try (var service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo(), keys)) {
      TestClient client = service.client();
      String id = client.uploaded(TestVideos.moving(folder, 1));
      for (String path : new String[] {"/", "/backends", "/sessions", "/metrics", "/nothing"}) {
        said.add(client.get(path).body());
      }
      for (String backend :
          new String[] {"overshoot", "gemini", "openai", "anthropic", "local", "x"}) {
        var refused =
            client.post(
                "/start-stream/" + id, "{\"prompt\":\"a\",\"backend\":\"%s\"}".formatted(backend));
        assertThat(refused.statusCode()).isIn(200, 502, 422);
        said.add(refused.body());
        if (refused.statusCode() == 200) {
          client.socket("/ws/" + id).untilEnd().forEach(event -> said.add(event.toString()));
        }
      }
    } finally {
      log.close();
    }
    said.addAll(log.lines());

    assertThat(log.lines()).hasSizeGreaterThan(5);
    assertThat(said).noneMatch(text -> text.contains(PLANTED));
    assertThat(said)
        .anyMatch(text -> text.contains("Failed to connect to Overshoot.ai"))
        .anyMatch(text -> text.contains("OpenAI: it cannot be reached"))
        .anyMatch(text -> text.contains("The local server: it cannot be reached"));
  }
}
