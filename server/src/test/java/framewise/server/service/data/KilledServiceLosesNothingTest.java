package framewise.server.service.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.server.service.ChildService;
import framewise.server.service.EventClient;
import framewise.server.service.TestVideos;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledServiceLosesNothingTest {
  private static final String START =
      "{\"prompt\":\"Describe what changes\",\"pace\":\"fast\",\"delay_seconds\":0.5}";

  @TempDir Path folder;

  @Test
  void sessionsResumeAfterTheirLastResult() throws Exception {
    Path video = TestVideos.moving(folder, 15);
    Path data = folder.resolve("data");
    List<JsonNode> seen = new ArrayList<>();
    String id;
    try (var service = ChildService.start(data, Map.of())) {
      id = service.client().stream(video, START);
      EventClient socket = service.client().socket("/ws/" + id + "?since=0");
      seen.addAll(socket.until(event -> event.path("clip").path("index").asInt() == 3));
      service.kill();
    }
    try (var service = ChildService.start(data, Map.of())) {
      long last = seen.getLast().path("seq").asLong();
      seen.addAll(service.client().socket("/ws/" + id + "?since=" + last).untilEnd());

      assertThat(seen)
          .extracting(event -> event.path("seq").asLong())
          .containsExactlyElementsOf(LongStream.rangeClosed(1, seen.size()).boxed().toList());
      assertThat(seen)
          .filteredOn(event -> event.path("type").asText().equals("result"))
          .extracting(event -> event.path("clip").path("index").asLong())
          .containsExactlyElementsOf(LongStream.range(0, 30).boxed().toList());
      assertThat(seen).anyMatch(event -> event.path("detail").asText().startsWith("resumed at "));
      var kept = service.client().sendForBytes(service.client().to("/sessions/" + id + "/video"));
      assertThat(kept.body()).isEqualTo(Files.readAllBytes(video));
    }
  }

  @Test
  void sessionsFailWhenResumingIsOff() throws Exception {
    Path data = folder.resolve("data");
    String id;
    try (var service = ChildService.start(data, Map.of())) {
      id =
          service.client().stream(TestVideos.moving(folder, 2), "{\"prompt\":\"x\",\"loop\":true}");
      service.kill();
    }
    try (var service = ChildService.start(data, Map.of("FRAMEWISE_RESUME", "off"))) {
      assertThat(service.session(id).path("status").asText()).isEqualTo("failed");
      assertThat(service.session(id).path("reason").asText()).isEqualTo("interrupted");
    }
  }

  @Test
  void sigtermIsFastAndSessionsResume() throws Exception {
    Path data = folder.resolve("data");
    String id;
    try (var service = ChildService.start(data, Map.of())) {
      id =
          service.client().stream(TestVideos.moving(folder, 2), "{\"prompt\":\"x\",\"loop\":true}");
      assertThat(service.terminate()).isEqualTo(143);
    }
    try (var service = ChildService.start(data, Map.of())) {
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () -> assertThat(service.session(id).path("status").asText()).isEqualTo("streaming"));
    }
  }
}
