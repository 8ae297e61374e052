package framewise.server.service.access;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import framewise.server.service.operate.LogKept;
import framewise.vision.chat.Provider;
import framewise.vision.provider.Providers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plants keys and searches all output for them. */
class SecretsNeverAppearTest {
  private static final String PLANTED = "sk-planted-4711";

  @TempDir Path folder;

  @Test
  void notInLogsOrResponses() throws Exception {
    var log = new LogKept();
    List<String> said = new ArrayList<>();
    Map<String, String> keys = new HashMap<>();
    keys.put("OVERSHOOT_API_KEY", PLANTED);
    keys.put("OVERSHOOT_API_URL", "http://127.0.0.1:9/api/v0.2");
    for (Provider provider : Providers.ALL) {
      if (provider.needsKey()) {
        keys.put(provider.keySetting(), PLANTED);
      }
      keys.put(
          provider.addressSetting(),
          "http://user:%s@127.0.0.1:9/%s".formatted(PLANTED, provider.version()));
    }
    try (var service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo(), keys)) {
      TestClient client = service.client();
      String id = client.uploaded(TestVideos.moving(folder, 1));
      for (String path : new String[] {"/", "/backends", "/sessions", "/metrics", "/nothing"}) {
        said.add(client.get(path).body());
      }
      for (String backend : backends()) {
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

  private static List<String> backends() {
    return Stream.concat(Stream.of("overshoot", "x"), Providers.ALL.stream().map(Provider::name))
        .toList();
  }
}
