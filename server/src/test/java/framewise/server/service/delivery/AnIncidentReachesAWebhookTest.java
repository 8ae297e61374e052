package framewise.server.service.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import framewise.server.service.AccessFixture;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * An answer leads to a request at a receiver, with a link that gives access to the picture only.
 */
@Timeout(180)
class AnIncidentReachesAWebhookTest {
  @TempDir Path folder;
  private final BlockingQueue<JsonNode> calls = new LinkedBlockingQueue<>();

  @Test
  void withALinkToItsPicture() throws Exception {
    HttpServer receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/hook",
        call -> {
          calls.add(TestClient.JSON.readTree(call.getRequestBody().readAllBytes()));
          call.sendResponseHeaders(204, -1);
          call.close();
        });
    receiver.start();
    int port = freePort();
    var settings =
        Map.of(
            "FRAMEWISE_URL_SOURCES",
            "any",
            "BACKEND_PORT",
            Integer.toString(port),
            "FRAMEWISE_PUBLIC_URL",
            "http://127.0.0.1:" + port);
    var always = new ScriptedBackend((clip, question) -> "{\"people\": 9}");
    try (var service = RunningService.on(folder.resolve("data"), always, settings)) {
      TestClient client = service.client();
      String endpoint =
          TestClient.json(
                  AccessFixture.ok(
                      client.post(
                          "/endpoints",
                          "{\"name\":\"Hook\",\"kind\":\"webhook\",\"url\":\"http://127.0.0.1:%d/hook\"}"
                              .formatted(receiver.getAddress().getPort()))))
              .path("id")
              .asText();
      AccessFixture.ok(
          client.post("/watches", "{\"name\":\"Crowd\",\"when\":{\"expression\":\"people > 3\"}}"));
      String session =
          client.stream(
              TestVideos.moving(folder, 4),
              "{\"prompt\":\"How many people?\",\"pace\":\"fast\",\"delay_seconds\":1}");
      JsonNode opened = next("incident.opened");
      JsonNode ended = next("incident.ended");
      String incident = opened.at("/data/id").asText();
      assertThat(ended.at("/data/id").asText()).isEqualTo(incident);
      assertThat(ended.at("/data/seq").asLong()).isGreaterThan(opened.at("/data/seq").asLong());
      assertThat(opened.at("/data/session_id").asText()).isEqualTo(session);
      assertThat(opened.at("/data/session").asText())
          .isNotEmpty()
          .isEqualTo(TestClient.json(client.get("/sessions/" + session)).path("name").asText());

      // From here on, accounts exist, so other callers must sign in.
      var access = new AccessFixture(client);
      URI link = URI.create(opened.at("/data/links/picture").asText());
      String picture = link.getPath() + "?" + link.getQuery();
      assertThat(link.getPath()).isEqualTo("/incidents/" + incident + "/picture.jpg");
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> client.sendForBytes(client.to(picture).GET()).statusCode() == 200);
      assertThat(client.sendForBytes(client.to(picture).GET()).body()).startsWith(0xff, 0xd8);
      for (String path :
          new String[] {
            "/incidents/" + incident, "/sessions/" + session, "/sessions/" + session + "/video"
          }) {
        assertThat(client.get(path + "?" + link.getQuery()).statusCode()).as(path).isEqualTo(401);
      }
      assertThat(client.get("/share?" + link.getQuery()).statusCode()).isEqualTo(404);
      String[] admin = access.admin().headers();
      assertThat(client.send(client.to("/endpoints/" + endpoint, admin).DELETE()).statusCode())
          .isEqualTo(204);
      assertThat(client.get(picture).statusCode()).as("the endpoint is gone").isEqualTo(401);
    } finally {
      receiver.stop(0);
    }
  }

  private JsonNode next(String type) throws InterruptedException {
    JsonNode call = calls.poll(60, TimeUnit.SECONDS);
    assertThat(call).isNotNull();
    // Updates of the incident may arrive in between.
    return call.path("type").asText().equals(type) ? call : next(type);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
