package framewise.server.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import framewise.media.memory.NativeMemory;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class SessionsReportTheirMemoryTest {
  @TempDir Path folder;

  @Test
  void duringTheRun() throws Exception {
    try (var service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo())) {
      TestClient client = service.client();
      String id = client.uploaded(TestVideos.moving(folder, 2));
      assertThat(reserved(client, id)).isZero();
      long before = NativeMemory.used();
      var started =
          client.post(
              "/start-stream/" + id, "{\"prompt\":\"x\",\"loop\":true,\"delay_seconds\":60}");
      assertThat(started.statusCode()).as(started.body()).isEqualTo(200);
      await().untilAsserted(() -> assertThat(reserved(client, id)).isGreaterThan(6L << 20));
      assertThat(reserved(client, id)).isLessThanOrEqualTo(NativeMemory.used() - before);
      assertThat(client.post("/stop-stream/" + id, "").statusCode()).isEqualTo(200);
      assertThat(reserved(client, id)).isZero();
    }
  }

  private static long reserved(TestClient client, String id) throws Exception {
    return TestClient.json(client.get("/sessions/" + id)).required("memory_bytes").asLong();
  }
}
