package framewise.server.service.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.server.service.EventClient;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CutSocketComesBackWithEveryResultOnceTest {
  @TempDir Path folder;

  @Test
  void cutAfterEveryThirdEvent() throws Exception {
    Path video = TestVideos.moving(folder, 20);
    try (var service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo())) {
      TestClient client = service.client();
      String id =
          client.stream(video, "{\"prompt\":\"x\",\"pace\":\"fast\",\"delay_seconds\":0.5}");
      List<JsonNode> seen = new ArrayList<>();
      long since = 0;
      while (seen.isEmpty() || !seen.getLast().path("type").asText().equals("end")) {
        EventClient socket = client.socket("/ws/" + id + "?since=" + since);
        for (int i = 0; i < 3; i++) {
          JsonNode event = EventClient.parse(socket.next());
          seen.add(event);
          since = event.path("seq").asLong();
          if (event.path("type").asText().equals("end")) {
            break;
          }
        }
        socket.cut();
      }

      assertThat(seen)
          .extracting(event -> event.path("seq").asLong())
          .containsExactlyElementsOf(LongStream.rangeClosed(1, seen.size()).boxed().toList());
      assertThat(seen)
          .filteredOn(event -> event.path("type").asText().equals("result"))
          .extracting(event -> event.path("clip").path("index").asLong())
          .containsExactlyElementsOf(LongStream.range(0, 40).boxed().toList());
    }
  }
}
