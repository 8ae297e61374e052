package framewise.server.service.operate;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.server.service.EventClient;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Regression: sockets were cut without a close frame (1006), and responses cut in the middle. */
@Timeout(60)
class StoppingDisconnectsClientsTest {
  @TempDir Path folder;
  private Path video;

  @BeforeEach
  void draw() throws Exception {
    video = TestVideos.moving(folder, 5);
  }

  @Test
  void everySocketGetsAReason() throws Exception {
    List<EventClient> sockets = new ArrayList<>();
    try (var service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo())) {
      TestClient client = service.client();
      String busy = client.stream(video, "{\"prompt\":\"x\",\"loop\":true,\"delay_seconds\":0.1}");
      String quiet = client.uploaded(video);
      for (int i = 0; i < 8; i++) {
        sockets.add(client.socket("/ws/" + busy));
        sockets.add(client.socket("/ws/" + quiet));
      }
      for (EventClient socket : sockets) {
        socket.next();
      }
      service.service().close();
      for (EventClient socket : sockets) {
        assertThat(socket.closed())
            .isEqualTo(new EventClient.Closed(1001, "The service is stopping."));
      }
    }
  }

  @Test
  void endlessResponsesEndCleanly() throws Exception {
    try (var log = new LogKept();
        var http = HttpClient.newHttpClient()) {
      try (var service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo())) {
        TestClient client = service.client();
        String id = client.stream(video, "{\"prompt\":\"x\",\"loop\":true}");
        InputStream events = body(http, client, "/events/" + id);
        assertThat(events.read()).isPositive();
        client.socket("/ws/" + id).next("result");
        InputStream pictures = body(http, client, "/sessions/" + id + "/preview");
        assertThat(pictures.read()).isPositive();

        service.service().close();
        // The client throws for a response that is cut.
        assertThat(events.transferTo(OutputStream.nullOutputStream())).isPositive();
        assertThat(pictures.transferTo(OutputStream.nullOutputStream())).isPositive();
      }
      assertThat(log.lines())
          .noneMatch(line -> line.contains("did not close their connections in time"));
    }
  }

  private static InputStream body(HttpClient http, TestClient client, String path)
      throws Exception {
    URI address = URI.create("http://127.0.0.1:%d%s".formatted(client.port(), path));
    var response = http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    return response.body();
  }
}
