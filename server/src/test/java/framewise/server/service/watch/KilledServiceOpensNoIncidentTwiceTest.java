package framewise.server.service.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.engine.folder.FolderDatabase;
import framewise.engine.notice.Notice;
import framewise.engine.notice.Notices;
import framewise.server.service.ChildService;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A service that is killed in the middle of incidents, with the built-in model. */
@Timeout(600)
class KilledServiceOpensNoIncidentTwiceTest {
  private static final int SIGHTINGS = 6;

  /** Each with its own session: a session that was running in several crashes is not resumed. */
  private static final int KILLS = 3;

  private static final String START =
      "{\"prompt\": \"Read any visible text\", \"pace\": \"fast\", \"delay_seconds\": 0.5}";
  private static final String WATCH =
      """
      {"name": "Exit sign", "when": {"expression": "text contains \\"EXIT\\""},
       "open": {"yes": 1, "of": 1}, "close": {"no_in_a_row": 1}, "merge_gap": 0}
      """;

  @TempDir Path folder;

  @Test
  void andLosesNone() throws Exception {
    Path data = folder.resolve("data");
    Path video = TestVideos.blinking(folder, "EXIT 42", SIGHTINGS * 4);
    long seed = System.nanoTime();
    var random = new Random(seed);
    List<String> all = new ArrayList<>();
    for (int round = 0; round < KILLS; round++) {
      List<JsonNode> events = new ArrayList<>();
      String id;
      try (var service = ChildService.start(data, Map.of())) {
        TestClient client = service.client();
        if (round == 0) {
          assertThat(client.post("/watches", WATCH).statusCode()).isEqualTo(201);
        }
        id = client.stream(video, START);
        long until = 4L + random.nextInt(40);
        events.addAll(
            client
                .socket("/ws/" + id + "?since=0")
                .until(event -> event.path("seq").asLong() >= until));
        service.kill();
      }
      try (var service = ChildService.start(data, Map.of())) {
        long last = events.getLast().path("seq").asLong();
        events.addAll(service.client().socket("/ws/" + id + "?since=" + last).untilEnd());
      }
      assertThat(events)
          .as("seed %d", seed)
          .extracting(event -> event.path("seq").asLong())
          .containsExactlyElementsOf(LongStream.rangeClosed(1, events.size()).boxed().toList());
      List<String> notices = notices(events);
      assertThat(notices).as("seed %d", seed).hasSize(2 * SIGHTINGS).doesNotHaveDuplicates();
      for (int i = 0; i < notices.size(); i += 2) {
        assertThat(notices.get(i)).startsWith("incident.opened");
        assertThat(notices.get(i + 1)).isEqualTo(notices.get(i).replace("opened", "ended"));
      }
      all.addAll(notices);
    }
    assertThat(notices(data)).as("the outbox says the same").isEqualTo(all);
  }

  private static List<String> notices(List<JsonNode> events) {
    List<String> notices = new ArrayList<>();
    for (JsonNode event : events) {
      if (event.path("type").asText().matches("incident\\.(opened|ended)")) {
        notices.add(event.path("type").asText() + " " + event.at("/incident/id").asText());
      }
    }
    return notices;
  }

  private static List<String> notices(Path data) {
    List<String> notices = new ArrayList<>();
    try (var database = FolderDatabase.openBeside(data, Optional.empty())) {
      for (Notice notice : new Notices(database).after(0, 500)) {
        String type = notice.content().type();
        if (type.startsWith("incident.") && !type.equals("incident.updated")) {
          notices.add(type + " " + notice.content().subject());
        }
      }
    }
    return notices;
  }
}
