package framewise.server.service.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The tool {@code get_recap} of a stream with more events than it reads. */
@Timeout(60)
class RecapsMentionWhatTheyLeaveOutTest {
  private static final int READ = 20_000;

  @TempDir Path folder;

  @Test
  void olderAnswersAreMentioned() throws Exception {
    Path data = folder.resolve("data");
    String file;
    try (var service = RunningService.on(data, ScriptedBackend.echo())) {
      file = service.client().uploaded(TestVideos.moving(folder, 2));
      look(service.client(), file, "First?");
      look(service.client(), file, "Then?");
      assertThat(recap(service.client(), file, "").path("whole").asBoolean()).isTrue();
    }
    try (var database = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("framewise.db"));
        var copies =
            database.prepareStatement(
                """
                INSERT INTO event (session_id, seq, run, type, ok, json, packed, dictionary, name, start)
                  WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
                  SELECT session_id, seq + i, run, type, ok, json, packed, dictionary, name, start FROM event, n
                    WHERE seq = (SELECT max(seq) FROM event WHERE type = 'result')
                """);
        var tally = database.prepareStatement("UPDATE tally SET last_seq = last_seq + ?")) {
      copies.setInt(1, READ);
      assertThat(copies.executeUpdate()).isEqualTo(READ);
      tally.setInt(1, READ);
      assertThat(tally.executeUpdate()).isEqualTo(1);
    }
    try (var service = RunningService.on(data, ScriptedBackend.echo())) {
      JsonNode recap = recap(service.client(), file, "");
      assertThat(recap.path("whole").asBoolean()).isFalse();
      assertThat(recap.path("note").asText()).contains("newest 20,000 events");
      assertThat(recap.path("answers").asInt()).isEqualTo(READ);
      assertThat(recap.path("questions").findValuesAsText("question")).containsExactly("Then?");
      // All events that it did not read are older than this start.
      JsonNode recent = recap(service.client(), file, ",\"from\":\"%s\"".formatted(Instant.now()));
      assertThat(recent.path("whole").asBoolean()).isTrue();
      assertThat(recent.has("note")).isFalse();
      assertThat(recent.path("answers").asInt()).isZero();
    }
  }

  private static void look(TestClient client, String stream, String question) throws Exception {
    JsonNode result =
        client.callTool(
            "look", "{\"stream\":\"%s\",\"question\":\"%s\"}".formatted(stream, question));
    assertThat(result.path("isError").asBoolean()).as(result.toString()).isFalse();
  }

  private static JsonNode recap(TestClient client, String stream, String period) throws Exception {
    JsonNode result =
        client.callTool("get_recap", "{\"stream\":\"%s\"%s}".formatted(stream, period));
    return TestClient.JSON.readTree(result.at("/content/0/text").asText());
  }
}
