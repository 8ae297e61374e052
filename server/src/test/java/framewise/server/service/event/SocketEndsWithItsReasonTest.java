package framewise.server.service.event;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.server.service.EventClient;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketEndsWithItsReasonTest {
  @TempDir Path folder;

  @Test
  void unknownSession() throws Exception {
    try (var service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo())) {
      String id = UUID.randomUUID().toString();
      var closed = service.client().socket("/ws/" + id).closed();
      assertThat(closed.code()).isEqualTo(4404);
      assertThat(closed.reason()).isEqualTo("There is no session " + id + ".");
      assertThat(service.client().socket("/ws/nonsense").closed().code()).isEqualTo(4404);
    }
  }

  @Test
  void invalidSince() throws Exception {
    Path video = TestVideos.moving(folder, 1);
    try (var service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo())) {
      String id = service.client().uploaded(video);
      for (String since : new String[] {"x", "-1", "2", "99999999999999999999"}) {
        var closed = service.client().socket("/ws/" + id + "?since=" + since).closed();
        assertThat(closed.code()).isEqualTo(4400);
        assertThat(closed.reason()).startsWith("since is ").contains(since);
      }
    }
  }

  @Test
  void endOfTheSession() throws Exception {
    Path video = TestVideos.moving(folder, 1);
    try (var service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo())) {
      String id = service.client().uploaded(video);
      EventClient early = service.client().socket("/ws/" + id);
      service.client().post("/start-stream/" + id, "{\"prompt\":\"x\",\"pace\":\"fast\"}");
      early.untilEnd();
      assertThat(early.closed().code()).isEqualTo(1000);

      EventClient late = service.client().socket("/ws/" + id);
      assertThat(late.untilEnd()).extracting(event -> event.path("run").asInt()).containsOnly(1);
      assertThat(late.closed().code()).isEqualTo(1000);
    }
  }

  @Test
  void waitingForTheNextStart() throws Exception {
    Path video = TestVideos.moving(folder, 1);
    try (var service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo())) {
      TestClient client = service.client();
      String id = client.stream(video, "{\"prompt\":\"x\",\"pace\":\"fast\"}");
      client.socket("/ws/" + id).untilEnd();
      int last = TestClient.json(client.get("/sessions/" + id)).path("last_seq").asInt();
      EventClient early = client.socket("/ws/" + id + "?wait=true&since=" + last);
      client.post("/start-stream/" + id, "{\"prompt\":\"x\",\"pace\":\"fast\"}");
      assertThat(early.untilEnd()).extracting(event -> event.path("run").asInt()).containsOnly(2);
      assertThat(early.closed().code()).isEqualTo(1000);
      assertThat(client.socket("/ws/" + id + "?wait=maybe").closed().code()).isEqualTo(4400);
    }
  }

  @Test
  void deletedSession() throws Exception {
    Path video = TestVideos.moving(folder, 5);
    try (var service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo())) {
      TestClient client = service.client();
      String id = client.stream(video, "{\"prompt\":\"x\",\"loop\":true}");
      EventClient socket = client.socket("/ws/" + id);
      socket.next();
      assertThat(client.delete("/sessions/" + id).statusCode()).isEqualTo(204);
      assertThat(socket.closed().code()).isEqualTo(1000);
      assertThat(client.get("/sessions/" + id).statusCode()).isEqualTo(404);
      assertThat(client.get("/sessions/" + id + "/video").statusCode()).isEqualTo(404);
    }
  }
}
