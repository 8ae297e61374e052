package framewise.server.service.event;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.server.service.EventClient;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventStreamMatchesTheSocketTest {
  @TempDir Path folder;

  @Test
  void byteForByteFromAnyNumber() throws Exception {
    Path video = TestVideos.moving(folder, 3);
    try (var service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo())) {
      TestClient client = service.client();
      String id = client.stream(video, "{\"prompt\":\"Größe?\",\"pace\":\"fast\"}");

      var stream = client.get("/events/" + id + "?since=0");
      assertThat(stream.headers().firstValue("Content-Type"))
          .get()
          .asString()
          .startsWith("text/event-stream");
      assertThat(stream.body()).startsWith("retry: ");
      EventClient socket = client.socket("/ws/" + id + "?since=0");
      List<String> sent = new ArrayList<>();
      for (String event : events(stream.body())) {
        sent.add(event);
        assertThat(event).isEqualTo(socket.next());
      }
      assertThat(sent.getLast()).contains("\"type\":\"end\"");

      String after = client.get("/events/" + id, "Last-Event-ID", "3").body();
      assertThat(events(after)).isEqualTo(sent.subList(3, sent.size()));
      assertThat(after).contains("id: 4\n").doesNotContain("id: 3\n");

      var over = client.get("/events/" + id, "Last-Event-ID", Integer.toString(sent.size()));
      assertThat(over.statusCode()).isEqualTo(204);
      assertThat(client.get("/events/" + id + "?since=nine").statusCode()).isEqualTo(422);
      assertThat(client.get("/events/nobody").statusCode()).isEqualTo(404);
    }
  }

  private static List<String> events(String stream) {
    return stream
        .lines()
        .filter(line -> line.startsWith("data: "))
        .map(line -> line.substring("data: ".length()))
        .toList();
  }
}
