package framewise.server.service.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.server.service.AccessFixture;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class TenThousandSessionsArePagedTest {
  private static final int SESSIONS = 10_000;
  private static final int PAGE = 200;

  @TempDir Path folder;

  @Test
  void eachOnceAndNewestFirst() throws Exception {
    try (var made = RunningService.on(folder, ScriptedBackend.echo())) {
      assertThat(made.client().get("/sessions").body()).contains("\"total\":0");
    }
    fill();
    try (var service = RunningService.on(folder, ScriptedBackend.echo())) {
      TestClient client = service.client();
      assertThat(ids(client)).containsExactlyElementsOf(newestFirst(1));
      assertThat(client.get("/sessions?offset=" + SESSIONS).body())
          .contains("\"sessions\":[]")
          .contains("\"total\":" + SESSIONS);
      JsonNode first = TestClient.json(client.get("/sessions"));
      assertThat(first.path("sessions")).hasSize(50);
      assertThat(first.at("/sessions/0/may_change").asBoolean()).isTrue();
      assertThat(client.get("/sessions?limit=" + (PAGE + 1)).statusCode()).isEqualTo(422);

      // Half of them are shared with everyone.
      var access = new AccessFixture(client);
      var viewer = access.account("Vera", "viewer");
      assertThat(ids(client, viewer.headers())).containsExactlyElementsOf(newestFirst(2));
      assertThat(
              TestClient.json(client.get("/sessions", viewer.headers()))
                  .at("/sessions/0/may_change")
                  .asBoolean(true))
          .isFalse();
    }
  }

  /** All sessions, page by page. */
  private static List<String> ids(TestClient client, String... headers) throws Exception {
    List<String> ids = new ArrayList<>();
    JsonNode page;
    do {
      page =
          TestClient.json(
              client.get("/sessions?limit=%d&offset=%d".formatted(PAGE, ids.size()), headers));
      page.path("sessions").forEach(one -> ids.add(one.path("session_id").asText()));
    } while (!page.path("sessions").isEmpty());
    assertThat(page.path("total").asInt()).isEqualTo(ids.size());
    return ids;
  }

  private static List<String> newestFirst(int step) {
    List<String> ids = new ArrayList<>();
    for (int i = SESSIONS; i >= 1; i--) {
      if (i % step == 0) {
        ids.add("00000000-0000-4000-8000-%012d".formatted(i));
      }
    }
    return ids;
  }

  private void fill() throws Exception {
    try (Connection database =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("framewise.db"));
        Statement statement = database.createStatement()) {
      int sessions =
          statement.executeUpdate(
              """
              WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
              INSERT INTO session
                (id, source, filename, file_size, video, created_at, status, dropped)
              SELECT printf('00000000-0000-4000-8000-%%012d', i), 'whip', 'camera', 0, 'null',
                strftime('%%s', 'now') * 1000 + i, 'finished', 0 FROM n
              """
                  .formatted(SESSIONS));
      int tallies =
          statement.executeUpdate(
              "INSERT INTO tally (session_id, last_seq, run, run_start, results, failed, at)"
                  + " SELECT id, 9, 1, 2, 7, 0, created_at FROM session");
      int grants =
          statement.executeUpdate(
              "INSERT INTO session_grant (session_id, subject, owner, granted_at)"
                  + " SELECT id, '*', 0, created_at FROM session WHERE"
                  + " created_at % 2 = (SELECT max(created_at) FROM session) % 2");
      assertThat(List.of(sessions, tallies, grants))
          .containsExactly(SESSIONS, SESSIONS, SESSIONS / 2);
    }
  }
}
