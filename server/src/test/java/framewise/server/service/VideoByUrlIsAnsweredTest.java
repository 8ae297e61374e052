package framewise.server.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideoByUrlIsAnsweredTest {
  private static final Map<String, String> ANY = Map.of("FRAMEWISE_URL_SOURCES", "any");

  @TempDir Path folder;

  private HttpServer web;

  @BeforeEach
  void serve() throws Exception {
    byte[] video = Files.readAllBytes(TestVideos.moving(folder, 3));
    web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    web.createContext(
        "/video.mp4",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(200, video.length);
            exchange.getResponseBody().write(video);
          }
        });
    web.start();
  }

  @AfterEach
  void stop() {
    web.stop(0);
  }

  @Test
  void aFileOnAWebServerIsAnsweredTwice() throws Exception {
    try (var service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo(), ANY)) {
      TestClient client = service.client();
      var made = client.post("/sessions", "{\"url\":\"%s\",\"name\":\"Gate\"}".formatted(url()));
      assertThat(made.statusCode()).isEqualTo(201);
      JsonNode session = TestClient.json(made);
      String id = session.required("session_id").asText();
      assertThat(made.headers().firstValue("Location")).hasValue("/sessions/" + id);
      assertThat(session.required("status").asText()).isEqualTo("waiting");
      assertThat(session.required("filename").asText()).isEqualTo("Gate");
      assertThat(session.at("/source/type").asText()).isEqualTo("url");
      assertThat(session.at("/source/url").asText()).isEqualTo(url());

      for (int run = 0; run < 2; run++) {
        assertThat(client.post("/start-stream/" + id, "{\"prompt\":\"what\"}").statusCode())
            .isEqualTo(200);
        List<JsonNode> events = client.socket("/ws/" + id).untilEnd();
        assertThat(events.stream().filter(e -> e.path("ok").asBoolean()).count()).isBetween(2L, 4L);
        assertThat(events.getLast().required("status").asText()).isEqualTo("finished");
      }
      JsonNode ended = TestClient.json(client.get("/sessions/" + id));
      assertThat(ended.at("/video/container").asText()).isEqualTo("mp4");
    }
  }

  private String url() {
    return "http://127.0.0.1:%d/video.mp4".formatted(web.getAddress().getPort());
  }
}
