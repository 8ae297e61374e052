package framewise.server.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.atlassian.oai.validator.model.Request;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import framewise.server.service.contract.Contract;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Regression: a session whose camera was off for minutes looked like any other streaming session.
 */
@Timeout(120)
class DisconnectedCamerasAreReportedTest {
  private static final Map<String, String> ANY = Map.of("FRAMEWISE_URL_SOURCES", "any");
  private static final Contract CONTRACT = new Contract("openapi.yaml", "");

  @TempDir Path folder;
  private RunningService service;
  private TestClient client;

  @BeforeEach
  void start() throws Exception {
    service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo(), ANY);
    client = service.client();
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void aCameraThatIsOff() throws Exception {
    String id = session("rtsp://127.0.0.1:%d/cam".formatted(nobody()));
    assertThat(source(id).has("connected")).isFalse();
    assertThat(metrics()).contains("framewise_url_down 0.0");
    client.post("/start-stream/" + id, "{\"prompt\":\"what\"}");
    await().until(() -> source(id).has("trouble"));
    JsonNode source = source(id);
    assertThat(source.path("connected").asBoolean(true)).isFalse();
    assertThat(source.path("trouble").asText()).endsWith("no program listens on this port.");
    assertThat(source.has("last_picture_at")).isFalse();
    assertThat(metrics())
        .contains("framewise_url_down 1.0")
        .containsPattern("framewise_url_lost_total\\{reason=\"refused\"} [1-9]")
        .contains("framewise_url_lost_total{reason=\"timed_out\"} 0.0");

    client.post("/stop-stream/" + id, "");
    assertThat(source(id).has("connected")).isFalse();
    assertThat(source(id).has("trouble")).isFalse();
    assertThat(metrics())
        .contains("framewise_url_down 0.0")
        .contains("framewise_url_lost_total{reason=\"lost\"} 0.0");
  }

  @Test
  void aConnectedCamera() throws Exception {
    byte[] video = Files.readAllBytes(TestVideos.words(folder, "HELLO", "mkv"));
    var web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    web.createContext(
        "/v.mkv",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(200, video.length);
            exchange.getResponseBody().write(video);
          }
        });
    web.start();
    try {
      Instant before = Instant.now();
      String id = session("http://127.0.0.1:%d/v.mkv".formatted(web.getAddress().getPort()));
      client.post("/start-stream/" + id, "{\"prompt\":\"what\"}");
      await().until(() -> source(id).has("last_picture_at") && isStreaming(id));
      HttpResponse<String> answer = client.get("/sessions/" + id);
      CONTRACT.fits(Request.Method.GET, "/sessions/" + id, answer);
      JsonNode source = TestClient.json(answer).path("source");
      assertThat(source.path("connected").asBoolean()).isTrue();
      assertThat(source.has("trouble")).isFalse();
      Instant picture = Instant.parse(source.path("last_picture_at").asText());
      assertThat(picture).isBetween(before, Instant.now());
      assertThat(metrics()).contains("framewise_url_down 0.0");
    } finally {
      web.stop(0);
    }
  }

  private String session(String url) throws Exception {
    return TestClient.json(client.post("/sessions", "{\"url\":\"%s\"}".formatted(url)))
        .required("session_id")
        .asText();
  }

  private JsonNode source(String id) throws Exception {
    return TestClient.json(client.get("/sessions/" + id)).required("source");
  }

  private boolean isStreaming(String id) throws Exception {
    JsonNode session = TestClient.json(client.get("/sessions/" + id));
    return session.path("status").asText().equals("streaming");
  }

  private String metrics() throws Exception {
    return client.get("/metrics").body();
  }

  /** A port without a listener. */
  private static int nobody() throws Exception {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
