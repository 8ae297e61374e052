package framewise.server.service.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.server.service.EventClient;
import framewise.server.service.LiveFilm;
import framewise.server.service.OpenAiStub;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import framewise.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Three nodes with a file and live video, whose owner is killed, paused and stopped, and whose
 * database is restarted: no log has gaps or duplicates, and every subscriber receives every event
 * once.
 */
@Timeout(900)
class SessionsOutliveTheirNodesTest {
  private static final int FILE_SECONDS = 900;

  private static final String FILE =
      "{\"prompt\":\"What?\",\"backend\":\"openai\",\"pace\":\"realtime\",\"delay_seconds\":0.5}";

  private static final String LIVE =
      "{\"prompt\":\"What?\",\"backend\":\"openai\",\"delay_seconds\":0.5}";

  /** More with -Dframewise.kills=50. */
  private static final int KILLS = Integer.getInteger("framewise.kills", 4);

  private static final Duration MIN_PAUSE = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Logger LOG = LoggerFactory.getLogger(SessionsOutliveTheirNodesTest.class);

  @TempDir Path folder;
  private final OpenAiStub model = new OpenAiStub();

  @AfterEach
  void close() {
    model.close();
  }

  @Test
  void afterRepeatedKills() throws Exception {
    List<Long> gaps = new ArrayList<>();
    try (var film = LiveFilm.start();
        var nodes = start(PostgresServer.shared(), 3)) {
      List<String> sessions =
          List.of(
              nodes.client(0).stream(TestVideos.moving(folder, FILE_SECONDS), FILE),
              live(nodes, film.url()));
      List<Subscriber> subscribers =
          sessions.stream().map(id -> new Subscriber(nodes, id)).toList();
      for (int kill = 0; kill < KILLS; kill++) {
        String victim = sessions.get(kill % sessions.size());
        for (Subscriber subscriber : subscribers) {
          subscriber.results(3);
        }
        int owner = owner(nodes, victim, 0);
        int survivor = (owner + 1) % 3;
        long last = last(nodes, victim, survivor);
        nodes.kill(owner);
        long killedAt = System.nanoTime();
        subscribers.forEach(subscriber -> subscriber.moveFrom(owner, survivor));
        nodes
            .client(survivor)
            .socket("/ws/" + victim + "?since=" + last)
            .until(event -> isResultOf(event, victim) && event.path("seq").asLong() > last + 1);
        gaps.add(Duration.ofNanos(System.nanoTime() - killedAt).toMillis());
        nodes.start(owner);
      }
      for (Subscriber subscriber : subscribers) {
        subscriber.results(3);
        subscriber.requireEveryEventOnce();
      }
      for (String id : sessions) {
        List<JsonNode> log = log(nodes, id);
        assertThat(log)
            .anySatisfy(event -> assertThat(event.path("type").asText()).isEqualTo("resumed_on"));
        requireNoGap(log);
      }
      requireClipsInOrder(log(nodes, sessions.getFirst()));
    }
    long[] sorted = gaps.stream().mapToLong(Long::longValue).sorted().toArray();
    LOG.info("from a kill to the next result, in ms: {}", Arrays.toString(sorted));
    assertThat(gaps).hasSize(KILLS);
  }

  @Test
  void anOwnerThatWasPausedWritesNothing() throws Exception {
    try (var nodes = start(PostgresServer.shared(), 3)) {
      String id = nodes.client(0).stream(TestVideos.moving(folder, FILE_SECONDS), FILE);
      int owner = owner(nodes, id, 0);
      int other = (owner + 1) % 3;
      EventClient socket = nodes.client(other).socket("/ws/" + id + "?since=0");
      List<JsonNode> events =
          new ArrayList<>(socket.until(event -> event.path("seq").asLong() > 6));
      nodes.process(owner).signal("STOP");
      long continued = System.nanoTime() + MIN_PAUSE.toNanos();
      events.addAll(socket.until(event -> event.path("type").asText().equals("resumed_on")));
      JsonNode moved = events.getLast();
      assertThat(moved.path("gap_seconds").asDouble()).isPositive();
      events.addAll(
          socket.until(event -> event.path("seq").asLong() > moved.path("seq").asLong() + 12));
      while (System.nanoTime() - continued < 0) {
        events.addAll(socket.until(event -> event.path("type").asText().equals("result")));
      }
      nodes.process(owner).signal("CONT");
      // It rejoins, and answers calls for data in the database.
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  TestClient.json(nodes.client(other).get("/nodes")).path("nodes").size() == 3
                      && nodes.client(owner).get("/health/ready").statusCode() == 200);
      assertThat(owner(nodes, id, owner)).isNotEqualTo(owner);
      long until = events.getLast().path("seq").asLong() + 6;
      events.addAll(socket.until(event -> event.path("seq").asLong() > until));
      requireNoGap(events);
      requireClipsInOrder(events);
      assertThat(events.stream().filter(event -> event.path("type").asText().equals("resumed_on")))
          .as("it moved once")
          .hasSize(1);
    }
  }

  @Test
  void aRestartedDatabaseLosesNothing() throws Exception {
    try (var server = PostgresServer.start();
        var nodes = start(server, 3)) {
      List<String> sessions = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        sessions.add(nodes.client(i).stream(TestVideos.moving(folder, FILE_SECONDS), FILE));
      }
      List<EventClient> sockets = new ArrayList<>();
      List<List<JsonNode>> seen = new ArrayList<>();
      for (String id : sessions) {
        sockets.add(nodes.client(0).socket("/ws/" + id + "?since=0"));
        seen.add(new ArrayList<>(sockets.getLast().until(event -> event.path("seq").asLong() > 5)));
      }
      server.stop();
      await()
          .atMost(PATIENCE)
          .until(() -> nodes.client(0).get("/health/ready").body().contains("\"delayed\""));
      server.restart();
      for (int i = 0; i < sessions.size(); i++) {
        String id = sessions.get(i);
        long last = seen.get(i).getLast().path("seq").asLong();
        await().atMost(PATIENCE).ignoreExceptions().until(() -> last(nodes, id, 1) > last + 6);
        List<JsonNode> log = log(nodes, id);
        requireNoGap(log);
        assertThat(log).startsWith(seen.get(i).toArray(JsonNode[]::new));
      }
      assertThat(TestClient.json(nodes.client(2).get("/nodes")).path("nodes")).hasSize(3);
    }
  }

  @Test
  void aStoppingNodeHandsOverItsSessions() throws Exception {
    try (var nodes = start(PostgresServer.shared(), 2)) {
      String id = nodes.client(0).stream(TestVideos.moving(folder, FILE_SECONDS), FILE);
      int owner = owner(nodes, id, 0);
      EventClient socket = nodes.client(1 - owner).socket("/ws/" + id + "?since=0");
      List<JsonNode> events =
          new ArrayList<>(socket.until(event -> event.path("seq").asLong() > 6));
      nodes.process(owner).terminate();
      events.addAll(socket.until(event -> event.path("type").asText().equals("resumed_on")));
      assertThat(events.getLast().path("gap_seconds").asDouble())
          .as("no lease had to end")
          .isLessThan(3);
      long until = events.getLast().path("seq").asLong() + 4;
      events.addAll(socket.until(event -> event.path("seq").asLong() > until));
      requireNoGap(events);
      requireClipsInOrder(events);
    }
  }

  private Nodes start(PostgresServer server, int count) throws IOException {
    return Nodes.start(folder, server.newDatabase(), count, model.settings());
  }

  private static String live(Nodes nodes, String url) throws Exception {
    TestClient client = nodes.client(1);
    String id =
        TestClient.json(client.post("/sessions", "{\"url\":\"%s\"}".formatted(url)))
            .required("session_id")
            .asText();
    var started = client.post("/start-stream/" + id, LIVE);
    assertThat(started.statusCode()).as(started.body()).isEqualTo(200);
    return id;
  }

  private static boolean isResultOf(JsonNode event, String session) {
    return event.path("type").asText().equals("result")
        && event.path("session_id").asText().equals(session);
  }

  private static int owner(Nodes nodes, String session, int asked) {
    int[] found = new int[1];
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              found[0] = nodes.owner(session, asked);
              return found[0] >= 0;
            });
    return found[0];
  }

  private static long last(Nodes nodes, String session, int asked) throws Exception {
    return TestClient.json(nodes.client(asked).get("/sessions/" + session))
        .path("last_seq")
        .asLong();
  }

  /** All events up to now. */
  private static List<JsonNode> log(Nodes nodes, String session) throws Exception {
    long last = last(nodes, session, 0);
    return nodes
        .client(1)
        .socket("/ws/" + session + "?since=0")
        .until(event -> event.path("seq").asLong() >= last);
  }

  private static void requireNoGap(List<JsonNode> events) {
    assertThat(events)
        .extracting(event -> event.path("seq").asLong())
        .containsExactlyElementsOf(LongStream.rangeClosed(1, events.size()).boxed().toList());
  }

  /** Checks that each clip of the file was answered once, in order. */
  private static void requireClipsInOrder(List<JsonNode> events) {
    List<Long> clips =
        events.stream()
            .filter(event -> event.path("type").asText().equals("result"))
            .map(event -> event.at("/clip/index").asLong())
            .toList();
    assertThat(clips).isSorted().doesNotHaveDuplicates();
  }

  /**
   * Client of one session on each node; it reconnects to another node and resumes at its position.
   */
  private static final class Subscriber {
    private final Nodes nodes;
    private final String session;
    private final List<EventClient> sockets = new ArrayList<>();
    private final List<List<JsonNode>> seen = new ArrayList<>();
    private final int[] at = {0, 1, 2};

    Subscriber(Nodes nodes, String session) {
      this.nodes = nodes;
      this.session = session;
      for (int i = 0; i < at.length; i++) {
        seen.add(new ArrayList<>());
        sockets.add(nodes.client(i).socket("/ws/" + session + "?since=0"));
      }
    }

    /** Waits until every client has received this many more results. */
    void results(int count) throws InterruptedException {
      for (int i = 0; i < at.length; i++) {
        for (int left = count; left > 0; left--) {
          seen.get(i).addAll(sockets.get(i).until(event -> isResultOf(event, session)));
        }
      }
    }

    void moveFrom(int gone, int survivor) {
      for (int i = 0; i < at.length; i++) {
        if (at[i] == gone) {
          at[i] = survivor;
          long since = seen.get(i).getLast().path("seq").asLong();
          sockets.set(i, nodes.client(survivor).socket("/ws/" + session + "?since=" + since));
        }
      }
    }

    void requireEveryEventOnce() {
      seen.forEach(SessionsOutliveTheirNodesTest::requireNoGap);
    }
  }
}
