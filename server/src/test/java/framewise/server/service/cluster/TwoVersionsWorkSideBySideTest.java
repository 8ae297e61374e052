package framewise.server.service.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.server.service.EventClient;
import framewise.server.service.OpenAiStub;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import framewise.testing.PostgresServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * An update of one node after the other: the newer version adds columns and a table, and sends
 * notifications that the older one doesn't know.
 */
@Timeout(300)
class TwoVersionsWorkSideBySideTest {
  private static final String FILE =
      "{\"prompt\":\"What?\",\"backend\":\"openai\",\"pace\":\"realtime\",\"delay_seconds\":0.5}";

  private static final String VERSION = "99.0.0";
  private static final String BUILD = "framewise/server/service/build.properties";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;
  private final OpenAiStub model = new OpenAiStub();

  @AfterEach
  void close() {
    model.close();
  }

  @Test
  void duringARollingUpdate() throws Exception {
    PostgresServer server = PostgresServer.shared();
    String database = server.newDatabase();
    try (var nodes = Nodes.start(folder, database, 2, model.settings())) {
      String id = nodes.client(0).stream(TestVideos.moving(folder, 300), FILE);
      int owner = nodes.owner(id, 0);
      int other = 1 - owner;
      EventClient socket = nodes.client(other).socket("/ws/" + id + "?since=0");
      // Use the tables before they change, so that the nodes have prepared statements.
      List<JsonNode> events =
          new ArrayList<>(socket.until(event -> event.path("seq").asLong() > 20));
      for (int i = 0; i < 10; i++) {
        requireAnswers(nodes.client(0), id);
      }

      addColumns(server, database.substring(database.lastIndexOf('/') + 1));
      nodes.add(Map.of(), "-Xbootclasspath/a:" + newerBuild());
      assertThat(
              TestClient.json(nodes.client(owner).get("/nodes"))
                  .path("nodes")
                  .findValuesAsText("version"))
          .hasSize(3)
          .contains(VERSION);
      for (int i = 0; i < 3; i++) {
        requireAnswers(nodes.client(i), id);
      }
      long before = events.getLast().path("seq").asLong();
      events.addAll(socket.until(event -> event.path("seq").asLong() > before + 10));
      assertThat(events).noneMatch(event -> event.path("type").asText().equals("resumed_on"));

      // Move the session to the newer node, and back.
      for (int drained : List.of(other, owner)) {
        assertThat(nodes.client(drained).post("/node/drain", "").statusCode()).isEqualTo(202);
      }
      await().atMost(PATIENCE).until(() -> nodes.owner(id, 2) == 2);
      requireAnswers(nodes.client(2), id);
      assertThat(nodes.client(owner).delete("/node/drain").statusCode()).isEqualTo(200);
      await().atMost(PATIENCE).until(() -> room(nodes, 2) > 0);
      nodes.process(2).terminate();
      await().atMost(PATIENCE).until(() -> nodes.owner(id, owner) == owner);
      requireAnswers(nodes.client(owner), id);
      // Nothing was read during the moves, so events of before them come first.
      for (int i = 0; i < 2; i++) {
        events.addAll(socket.until(event -> event.path("type").asText().equals("resumed_on")));
      }
      long moved = events.getLast().path("seq").asLong();
      events.addAll(socket.until(event -> event.path("seq").asLong() > moved + 20));
      assertThat(events)
          .extracting(event -> event.path("seq").asLong())
          .containsExactlyElementsOf(LongStream.rangeClosed(1, events.size()).boxed().toList());
      assertThat(events.stream().filter(event -> event.path("type").asText().equals("resumed_on")))
          .hasSize(2);
    }
  }

  private static int room(Nodes nodes, int asked) throws Exception {
    return TestClient.json(nodes.client(asked).get("/nodes"))
        .path("nodes")
        .valueStream()
        .filter(node -> !node.path("self").asBoolean())
        .mapToInt(node -> node.path("draining").asBoolean() ? 0 : node.path("room").asInt())
        .max()
        .orElse(0);
  }

  private static void requireAnswers(TestClient client, String id) throws Exception {
    for (String path :
        List.of(
            "/sessions",
            "/sessions/" + id,
            "/sessions/" + id + "/results?limit=5",
            "/search?q=boxes",
            "/nodes",
            "/watches",
            "/incidents",
            "/endpoints",
            "/health/ready")) {
      var answer = client.get(path);
      assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
    }
  }

  private static void addColumns(PostgresServer server, String database) {
    String tables =
        server.sql(
            database, "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1");
    for (String table : tables.lines().toList()) {
      server.sql(
          database,
          "ALTER TABLE \"%s\" ADD COLUMN of_a_newer_version TEXT DEFAULT 'x'".formatted(table));
    }
    server.sql(
        database,
        "CREATE TABLE of_a_newer_version (id BIGINT)",
        "NOTIFY framewise, '*of_a_newer_version,something else'");
  }

  /** Folder with the properties of a build of another version. */
  private Path newerBuild() throws IOException {
    Path newer = folder.resolve("newer");
    Path properties = newer.resolve(BUILD);
    Files.createDirectories(properties.getParent());
    try (var in = getClass().getClassLoader().getResourceAsStream(BUILD)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Files.writeString(properties, text.replaceAll("(?m)^version=.*$", "version=" + VERSION));
    }
    return newer;
  }
}
