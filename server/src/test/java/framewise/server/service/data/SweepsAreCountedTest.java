package framewise.server.service.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestVideos;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The start deletes what exceeds the retention settings, and the metrics count it. */
@Timeout(120)
class SweepsAreCountedTest {
  private static final int EVENTS = 5_000;

  @TempDir Path folder;

  @Test
  void byKindOfData() throws Exception {
    Path data = folder.resolve("data");
    String id;
    try (var service = RunningService.on(data, ScriptedBackend.echo())) {
      id = service.client().uploaded(TestVideos.moving(folder, 1));
    }
    try (Connection database =
            DriverManager.getConnection("jdbc:sqlite:" + data.resolve("framewise.db"));
        Statement statement = database.createStatement()) {
      assertThat(
              statement.executeUpdate(
                  """
                  WITH RECURSIVE n (i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
                  INSERT INTO event (session_id, seq, run, type, json)
                  SELECT '%s', i, 1, 'status', '{}' FROM n
                  """
                      .formatted(EVENTS + 999, id)))
          .isEqualTo(EVENTS);
      int _ =
          statement.executeUpdate(
              "INSERT INTO tally (session_id, last_seq, run, run_start, results, failed, at)"
                  + " VALUES ('%s', %d, 1, 2, 0, 0, strftime('%%s', 'now') * 1000)"
                      .formatted(id, EVENTS + 999)
                  + " ON CONFLICT (session_id) DO UPDATE SET last_seq = excluded.last_seq");
    }
    Path orphan = data.resolve("videos").resolve(UUID.randomUUID().toString());
    Files.writeString(orphan, "cut off by a kill");
    Path evidence = Files.createDirectories(data.resolve("evidence").resolve(id));
    for (int i = 1; i <= 3; i++) {
      Files.write(evidence.resolve(i + ".zip"), new byte[1_000]);
    }
    var settings =
        Map.of(
            "FRAMEWISE_KEEP_RESULTS_PER_SESSION", "1000",
            "FRAMEWISE_KEEP_EVIDENCE_PER_SESSION", "2KB");
    try (var service = RunningService.on(data, ScriptedBackend.echo(), settings)) {
      await()
          .untilAsserted(
              () ->
                  assertThat(service.client().get("/metrics").body())
                      .containsPattern("framewise_sweeps_total 1(\\.0)?\n"));
      assertThat(service.client().get("/metrics").body())
          .containsPattern("framewise_swept_total\\{kind=\"orphans\"} 1(\\.0)?\n")
          .containsPattern("framewise_swept_total\\{kind=\"evidence\"} 1(\\.0)?\n")
          .containsPattern("framewise_swept_total\\{kind=\"uploads\"} 0(\\.0)?\n")
          .containsPattern("framewise_swept_total\\{kind=\"results\"} [4-9]\\d{3}(\\.0)?\n");
      assertThat(orphan).doesNotExist();
      assertThat(service.client().get("/sessions/" + id + "/video").statusCode()).isEqualTo(200);
    }
  }
}
