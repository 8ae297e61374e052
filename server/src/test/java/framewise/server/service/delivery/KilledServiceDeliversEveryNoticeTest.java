package framewise.server.service.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import framewise.server.service.ChildService;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} at random moments, while notices are written and sent. */
@Timeout(600)
class KilledServiceDeliversEveryNoticeTest {
  private static final int KILLS = 5;
  private static final Map<String, String> SETTINGS =
      Map.of("FRAMEWISE_URL_SOURCES", "any", "FRAMEWISE_RESUME", "off");

  @TempDir Path folder;
  private final List<String> arrived = new ArrayList<>();

  @Test
  void atLeastOnceAndInOrder() throws Exception {
    var random = new Random(16);
    Path data = folder.resolve("data");
    HttpServer receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext("/hook", this::receive);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      receiver.setExecutor(threads);
      receiver.start();
      String session = "";
      for (int kill = 0; kill < KILLS; kill++) {
        try (var service = ChildService.start(data, SETTINGS)) {
          TestClient client = service.client();
          if (kill == 0) {
            client.post("/endpoints", endpoint(receiver));
            session = client.uploaded(TestVideos.moving(folder, 2));
          }
          int before = count();
          int starts = 1 + random.nextInt(4);
          for (int i = 0; i < starts; i++) {
            client.post("/start-stream/" + session, "{\"prompt\":\"a\",\"loop\":true}");
            client.post("/stop-stream/" + session, "");
          }
          // Kill the service when none, some or most of this round's notices have arrived.
          int wanted = before + random.nextInt(2 * starts);
          await().atMost(Duration.ofMinutes(1)).until(() -> count() >= wanted);
          service.kill();
        }
      }
      try (var service = ChildService.start(data, SETTINGS)) {
        List<String> stored = stored(service.client());
        assertThat(stored).hasSizeGreaterThan(KILLS);
        await()
            .atMost(Duration.ofMinutes(2))
            .untilAsserted(() -> assertThat(copy()).containsAll(stored));
        await()
            .atMost(Duration.ofMinutes(1))
            .until(
                () ->
                    TestClient.json(service.client().get("/deliveries?state=waiting"))
                        .path("deliveries")
                        .isEmpty());
        assertThat(places(stored)).isSorted();
        JsonNode delivered =
            TestClient.json(service.client().get("/deliveries?state=delivered&limit=500"));
        assertThat(delivered.path("deliveries").findValuesAsText("message_id"))
            .doesNotHaveDuplicates()
            .containsAll(stored);
      }
    } finally {
      receiver.stop(0);
    }
  }

  /** Positions of the received notices in the stored order, in the order of arrival. */
  private List<Integer> places(List<String> stored) {
    Map<String, Integer> of = new HashMap<>();
    for (int i = 0; i < stored.size(); i++) {
      of.put(stored.get(i), i);
    }
    return copy().stream().map(id -> of.getOrDefault(id, -1)).toList();
  }

  private static List<String> stored(TestClient client) throws Exception {
    List<String> ids = new ArrayList<>();
    String stream = client.get("/events?since=0&follow=false").body();
    for (String line : stream.lines().filter(line -> line.startsWith("data: ")).toList()) {
      ids.add(TestClient.JSON.readTree(line.substring(6)).path("id").asText());
    }
    return ids;
  }

  private static String endpoint(HttpServer receiver) {
    return "{\"name\":\"Hook\",\"kind\":\"webhook\",\"url\":\"http://127.0.0.1:%d/hook\",\"types\":[\"session.*\"]}"
        .formatted(receiver.getAddress().getPort());
  }

  private void receive(HttpExchange call) {
    try (call) {
      byte[] _ = call.getRequestBody().readAllBytes();
      String id = String.valueOf(call.getRequestHeaders().getFirst("webhook-id"));
      synchronized (arrived) {
        arrived.add(id);
      }
      call.sendResponseHeaders(204, -1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int count() {
    return copy().size();
  }

  private List<String> copy() {
    synchronized (arrived) {
      return List.copyOf(arrived);
    }
  }
}
