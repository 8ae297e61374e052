package framewise.server.service.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.server.command.Failures;
import framewise.server.command.ServeCommand;
import framewise.server.config.Settings;
import framewise.server.config.SettingsException;
import framewise.server.service.ChildService;
import framewise.server.service.EventClient;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import framewise.testing.PostgresServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** An operator's steps: a service on SQLite, {@code migrate}, the service on PostgreSQL. */
@Timeout(180)
class OperatorsMoveToPostgresTest {
  private static final String START =
      "{\"prompt\":\"Describe what changes\",\"pace\":\"fast\",\"delay_seconds\":0.5}";

  private static final PostgresServer SERVER = PostgresServer.shared();

  @TempDir Path folder;

  private record Ended(int code, String out, String err) {}

  @Test
  void aDataFolderContinuesInPostgres() throws Exception {
    Path data = folder.resolve("data");
    List<JsonNode> before = new ArrayList<>();
    String id;
    try (var service = RunningService.on(data, ScriptedBackend.echo())) {
      id = service.client().stream(TestVideos.moving(folder, 2), START);
      before.addAll(service.client().socket("/ws/" + id + "?since=0").untilEnd());
      String[] unfinished = {"migrate", "--to", SERVER.newDatabase(), "--data", data.toString()};
      assertThat(run(unfinished).err()).contains("Another Framewise uses the data folder");
    }
    Ended without = run("migrate", "--data", data.toString());
    assertThat(without.code()).isEqualTo(2);
    assertThat(without.err()).startsWith("framewise: Set FRAMEWISE_DATABASE");

    String url = SERVER.newDatabase();
    String[] migrate = {"migrate", "--to", url, "--data", data.toString()};
    Ended migrated = run(migrate);
    assertThat(migrated.code()).as(migrated.err()).isZero();
    assertThat(migrated.out())
        .containsPattern(" 1 {2}session\n")
        .containsPattern(" %d {2}event\n".formatted(before.size()))
        .contains("the counts match")
        .doesNotContain(PostgresServer.PASSWORD);
    assertThat(run(migrate).err()).contains("isn't empty: its table session has 1 rows");

    try (var service =
        RunningService.on(data, ScriptedBackend.echo(), Map.of("FRAMEWISE_DATABASE", url))) {
      TestClient client = service.client();
      assertThat(client.socket("/ws/" + id + "?since=0").untilEnd()).isEqualTo(before);
      String word = EventClient.parse(before.toString()).findValuesAsText("result").getFirst();
      JsonNode found =
          TestClient.json(client.get("/search?q=" + word.replaceAll("[^A-Za-z]+", "+")));
      assertThat(found.path("total").asInt()).isEqualTo(1);
      // The session can be started again, and its log continues.
      assertThat(client.post("/start-stream/" + id, START).statusCode()).isEqualTo(200);
      List<JsonNode> after = new ArrayList<>(before);
      after.addAll(client.socket("/ws/" + id + "?since=" + before.size()).untilEnd());
      assertThat(after.size()).isGreaterThan(before.size());
      requireNoGap(after);
    }
    assertThat(child(Map.of("FRAMEWISE_DATABASE", url), "backup", folder + "/b.zip").err())
        .contains("This command is for the database in a data folder")
        .contains("pg_dump");
  }

  @Test
  void anOutageDelaysResultsAndLosesNone() throws Exception {
    try (var server = PostgresServer.start();
        var service =
            RunningService.on(
                folder.resolve("data"),
                ScriptedBackend.echo(),
                Map.of("FRAMEWISE_DATABASE", server.newDatabase()))) {
      TestClient client = service.client();
      String id =
          client.stream(
              TestVideos.moving(folder, 4),
              "{\"prompt\":\"x\",\"pace\":\"realtime\",\"delay_seconds\":0.5,\"loop\":true}");
      EventClient socket = client.socket("/ws/" + id + "?since=0");
      List<JsonNode> events = new ArrayList<>(socket.until(event -> seq(event) >= 4));
      server.stop();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> client.get("/health/ready").statusCode() == 503);
      HttpResponse<String> delayed = client.get("/health/ready");
      assertThat(delayed.body()).contains("\"delayed\"").contains("can't be reached");
      assertThat(delayed.body()).doesNotContain(PostgresServer.PASSWORD);
      server.restart();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> client.get("/health/ready").statusCode() == 200);
      long last = seq(events.getLast());
      events.addAll(
          client.socket("/ws/" + id + "?since=" + last).until(event -> seq(event) >= last + 4));
      requireNoGap(events);
    }
  }

  @Test
  void aRefusedStartSaysWhyInOneSentence() throws Exception {
    String url = SERVER.url("postgres").replaceFirst(":[^:@/]+@", ":hush-hush@");
    Ended refused = child(Map.of("FRAMEWISE_DATABASE", url), "--data", folder.toString());
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err().lines().filter(line -> line.startsWith("framewise: ")))
        .singleElement()
        .asString()
        .contains("refused the password of the user framewise");
    assertThat(refused.out() + refused.err()).doesNotContain("hush-hush");
  }

  @Test
  void invalidSettingsAreRefusedWithoutThePassword() {
    assertThatThrownBy(() -> Settings.read(Map.of("FRAMEWISE_DATABASE", "mysql://a:hush-hush@h/d")))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("FRAMEWISE_DATABASE cannot be read: it must be postgresql://")
        .hasMessageNotContaining("hush-hush");
    assertThatThrownBy(
            () ->
                Settings.read(
                    Map.of(
                        "FRAMEWISE_DATABASE",
                        "postgresql://a:b@h/d",
                        "FRAMEWISE_KEEP_RESULTS_SIZE",
                        "1GB")))
        .hasMessageContaining("has no effect in PostgreSQL");
  }

  private static long seq(JsonNode event) {
    return event.path("seq").asLong();
  }

  private static void requireNoGap(List<JsonNode> events) {
    assertThat(events)
        .extracting(OperatorsMoveToPostgresTest::seq)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, events.size()).boxed().toList());
  }

  /** Runs a command in this process. */
  private static Ended run(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int code =
        new CommandLine(new ServeCommand())
            .setExecutionExceptionHandler(new Failures())
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new Ended(code, out.toString(), err.toString());
  }

  private static Ended child(Map<String, String> environment, String... arguments)
      throws Exception {
    Process process = ChildService.launch(environment, new String[] {}, arguments);
    try (var out = process.getInputStream();
        var err = process.getErrorStream()) {
      String said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
      String complained = new String(err.readAllBytes(), StandardCharsets.UTF_8);
      return new Ended(process.waitFor(), said, complained);
    }
  }
}
