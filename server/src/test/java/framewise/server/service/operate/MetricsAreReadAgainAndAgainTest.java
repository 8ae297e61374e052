package framewise.server.service.operate;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * Regression, from a log: "This Gauge has been already registered (...
 * framewise.backend.limit{local} ...), the registration will be ignored."
 */
@Timeout(60)
class MetricsAreReadAgainAndAgainTest {
  @TempDir Path folder;

  @Test
  void withoutCreatingMetersTwice() throws Exception {
    var micrometer = (Logger) LoggerFactory.getLogger("io.micrometer");
    Level usual = micrometer.getLevel();
    var log = new LogKept();
    try (log;
        var service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo(), Map.of())) {
      micrometer.setLevel(Level.DEBUG); // Micrometer warns once in the life of a process
      TestClient client = service.client();
      String id =
          client.stream(TestVideos.moving(folder, 1), "{\"prompt\":\"x\",\"pace\":\"fast\"}");
      client.socket("/ws/" + id + "?since=0").untilEnd();
      for (int i = 0; i < 3; i++) {
        assertThat(client.get("/metrics").body())
            .containsOnlyOnce("framewise_backend_limit{")
            .containsOnlyOnce("framewise_backend_open{");
      }
    } finally {
      micrometer.setLevel(usual);
    }
    assertThat(log.lines()).noneMatch(line -> line.contains("already registered"));
  }
}
