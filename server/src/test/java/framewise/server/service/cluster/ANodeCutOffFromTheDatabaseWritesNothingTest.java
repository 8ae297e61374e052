package framewise.server.service.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.server.service.EventClient;
import framewise.server.service.OpenAiStub;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import framewise.testing.PostgresServer;
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
 * The network between a session's owner and PostgreSQL delivers nothing for a while; what the owner
 * sent in that time arrives late.
 */
@Timeout(300)
class ANodeCutOffFromTheDatabaseWritesNothingTest {
  private static final String FILE =
      "{\"prompt\":\"What?\",\"backend\":\"openai\",\"pace\":\"realtime\",\"delay_seconds\":0.5}";

  private static final int OWNER = 0;
  private static final int OTHER = 1;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir Path folder;
  private final OpenAiStub model = new OpenAiStub();

  @AfterEach
  void close() {
    model.close();
  }

  @Test
  void andRejoins() throws Exception {
    PostgresServer server = PostgresServer.shared();
    String database = server.newDatabase();
    try (var relay = new StallingRelay(server.port());
        var nodes = Nodes.start(folder, database, 0, model.settings())) {
      nodes.add(
          Map.of(
              "FRAMEWISE_DATABASE",
              database.replace(":%d/".formatted(server.port()), ":%d/".formatted(relay.port()))));
      String id = nodes.client(OWNER).stream(TestVideos.moving(folder, 300), FILE);
      nodes.add(Map.of());
      nodes.add(Map.of());
      assertThat(nodes.owner(id, OTHER)).isEqualTo(OWNER);
      EventClient socket = nodes.client(OTHER).socket("/ws/" + id + "?since=0");
      List<JsonNode> events =
          new ArrayList<>(socket.until(event -> event.path("seq").asLong() > 6));

      relay.cut();
      events.addAll(socket.until(event -> event.path("type").asText().equals("resumed_on")));
      long moved = events.getLast().path("seq").asLong();
      events.addAll(socket.until(event -> event.path("seq").asLong() > moved + 12));
      await()
          .atMost(PATIENCE)
          .until(() -> nodes.client(OWNER).get("/health/ready").body().contains("\"delayed\""));

      relay.mend();
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  TestClient.json(nodes.client(OTHER).get("/nodes")).path("nodes").size() == 3
                      && nodes.client(OWNER).get("/health/ready").statusCode() == 200);
      assertThat(nodes.owner(id, OWNER)).isNotEqualTo(OWNER);
      long since = events.getLast().path("seq").asLong();
      events.addAll(socket.until(event -> event.path("seq").asLong() > since + 6));
      assertThat(events)
          .extracting(event -> event.path("seq").asLong())
          .containsExactlyElementsOf(LongStream.rangeClosed(1, events.size()).boxed().toList());
      assertThat(events.stream().filter(event -> event.path("type").asText().equals("resumed_on")))
          .as("it moved once")
          .hasSize(1);
      assertThat(
              events.stream()
                  .filter(event -> event.path("type").asText().equals("result"))
                  .map(event -> event.at("/clip/index").asLong()))
          .isSorted()
          .doesNotHaveDuplicates();
    }
  }
}
