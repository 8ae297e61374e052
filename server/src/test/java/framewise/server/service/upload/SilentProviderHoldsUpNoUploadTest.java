package framewise.server.service.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Regression: starts that waited for a provider used up the threads for uploads and other starts.
 */
class SilentProviderHoldsUpNoUploadTest {
  @TempDir Path folder;

  @Test
  void otherUploadsAndStartsContinue() throws Exception {
    // Accepts connections and never answers.
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      var settings =
          Map.of(
              "OVERSHOOT_API_KEY", "ovs_key",
              "OVERSHOOT_API_URL", "http://127.0.0.1:%d/api/v0.2".formatted(silent.getLocalPort()),
              "OVERSHOOT_TIMEOUT_SECONDS", "20");
      try (var service =
          RunningService.on(folder.resolve("data"), ScriptedBackend.echo(), settings)) {
        TestClient client = service.client();
        Path video = TestVideos.moving(folder, 2);
        int stuck = Runtime.getRuntime().availableProcessors() + 2;
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < stuck; i++) {
          ids.add(client.uploaded(video));
        }
        List<CompletableFuture<Integer>> starts =
            ids.stream()
                .map(
                    id ->
                        CompletableFuture.supplyAsync(
                            () -> start(client, id), task -> Thread.ofVirtual().start(task)))
                .toList();
        await().until(() -> client.get("/metrics").body().contains("framewise_starting " + stuck));

        String other = client.uploaded(video);
        var started =
            client.post("/start-stream/" + other, "{\"prompt\":\"a\",\"backend\":\"builtin\"}");
        assertThat(started.statusCode()).isEqualTo(200);
        assertThat(starts).as("still waiting").noneMatch(CompletableFuture::isDone);
        for (var start : starts) {
          assertThat(start.get(60, TimeUnit.SECONDS)).isIn(502, 504);
        }
      }
    }
  }

  private static int start(TestClient client, String id) {
    try {
      String body = "{\"prompt\":\"a\",\"backend\":\"overshoot\"}";
      return client.post("/start-stream/" + id, body).statusCode();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
