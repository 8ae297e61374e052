package framewise.server.service.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.server.service.EventClient;
import framewise.server.service.OpenAiStub;
import framewise.server.service.TestClient;
import framewise.server.service.publish.VideoSender;
import framewise.server.service.publish.WhipClient;
import framewise.testing.PostgresServer;
import framewise.webrtc.ConnectionState;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Publishers reconnect at the same path on any node, and their session continues. */
@Timeout(300)
class PublishersComeBackTest {
  private static final String ASKING = "/whip?prompt=what&backend=openai&delay_seconds=0.3";
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @TempDir Path folder;
  private final OpenAiStub model = new OpenAiStub();

  @AfterEach
  void close() {
    model.close();
  }

  @Test
  void toAnotherNodeAfterAKill() throws Exception {
    try (var nodes = start(3);
        var first = new VideoSender();
        var second = new VideoSender()) {
      String id = publish(nodes, 0, first);
      int owner = owner(nodes, id, 0);
      int one = (owner + 1) % 3;
      int other = (owner + 2) % 3;
      EventClient socket = nodes.client(one).socket("/ws/" + id + "?since=0");
      List<JsonNode> events = new ArrayList<>(results(socket, 3));
      nodes.kill(owner);
      comeBack(nodes.client(other), "/whip/" + id, second);
      events.addAll(socket.until(event -> event.path("type").asText().equals("resumed_on")));
      JsonNode moved = events.getLast();
      assertThat(moved.path("gap_seconds").asDouble()).as("from the last picture on").isPositive();
      events.addAll(results(socket, 3));
      requireNoGap(events);
      assertThat(events.stream().filter(PublishersComeBackTest::isResult))
          .as("the same run")
          .allMatch(event -> event.path("run").asInt() == 1);
      assertThat(events)
          .noneMatch(event -> event.path("status").asText().matches("failed|finished"));
    }
  }

  @Test
  void toAnotherNodeAfterADrain() throws Exception {
    try (var nodes = start(2);
        var first = new VideoSender();
        var second = new VideoSender()) {
      var whip = new WhipClient(nodes.client(0));
      WhipClient.Published published = whip.publish(first, ASKING);
      String id = published.session();
      int owner = owner(nodes, id, 0);
      EventClient socket = nodes.client(1 - owner).socket("/ws/" + id + "?since=0");
      List<JsonNode> events = new ArrayList<>(results(socket, 3));
      roomFor(nodes);
      assertThat(nodes.client(owner).post("/node/drain", "").statusCode()).isEqualTo(202);
      await()
          .atMost(Duration.ofSeconds(15))
          .until(() -> first.state() != ConnectionState.CONNECTED);
      // The same at the owner, which is draining.
      for (int node = 0; node < 2; node++) {
        assertThat(nodes.client(node).delete(published.path()).statusCode())
            .as("the connection is over")
            .isIn(404, 503);
      }
      comeBack(nodes.client(owner), "/whip/" + id, second);
      events.addAll(socket.until(event -> event.path("type").asText().equals("resumed_on")));
      events.addAll(results(socket, 3));
      requireNoGap(events);
      assertThat(owner(nodes, id, owner)).isEqualTo(1 - owner);
    }
  }

  @Test
  void butNotWithoutAGracePeriod() throws Exception {
    try (var nodes = start(2, Map.of("FRAMEWISE_SOURCE_GRACE", "0"));
        var sender = new VideoSender()) {
      String id = publish(nodes, 0, sender);
      int owner = owner(nodes, id, 0);
      EventClient socket = nodes.client(1 - owner).socket("/ws/" + id + "?since=0");
      List<JsonNode> _ = results(socket, 1);
      nodes.kill(owner);
      JsonNode end = socket.untilEnd().getLast();
      assertThat(end.path("reason").asText()).isEqualTo("interrupted");
    }
  }

  private Nodes start(int count) throws IOException {
    return start(count, Map.of());
  }

  private Nodes start(int count, Map<String, String> more) throws IOException {
    Map<String, String> settings = new HashMap<>(model.settings());
    settings.putAll(more);
    return Nodes.start(folder, PostgresServer.shared().newDatabase(), count, settings);
  }

  private static String publish(Nodes nodes, int node, VideoSender sender) throws Exception {
    return new WhipClient(nodes.client(node)).publish(sender, ASKING).session();
  }

  /** Retries for as long as the service requests it, like publishers. */
  private static void comeBack(TestClient client, String path, VideoSender sender)
      throws Exception {
    var whip = new WhipClient(client);
    HttpResponse<String> response = whip.offer(path, sender.offer());
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (response.statusCode() == 503 && System.nanoTime() - end < 0) {
      assertThat(response.headers().firstValue("Retry-After")).as(response.body()).isPresent();
      Thread.sleep(500);
      response = whip.offer(path, sender.offer());
    }
    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    sender.accept(response.body());
  }

  private static List<JsonNode> results(EventClient socket, int count) throws Exception {
    List<JsonNode> seen = new ArrayList<>();
    for (int left = count; left > 0; left--) {
      seen.addAll(socket.until(PublishersComeBackTest::isResult));
    }
    return seen;
  }

  private static void roomFor(Nodes nodes) {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                TestClient.json(nodes.client(0).get("/nodes"))
                    .path("nodes")
                    .valueStream()
                    .allMatch(node -> node.path("room").asInt() > 0));
  }

  private static int owner(Nodes nodes, String session, int asked) {
    int[] found = {-1};
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              found[0] = nodes.owner(session, asked);
              return found[0] >= 0;
            });
    return found[0];
  }

  private static boolean isResult(JsonNode event) {
    return event.path("type").asText().equals("result");
  }

  private static void requireNoGap(List<JsonNode> events) {
    assertThat(events)
        .extracting(event -> event.path("seq").asLong())
        .containsExactlyElementsOf(LongStream.rangeClosed(1, events.size()).boxed().toList());
  }
}
