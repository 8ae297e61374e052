package framewise.server.service.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.server.service.ChildService;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import framewise.server.service.delivery.HomeAssistantReader.Entity;
import framewise.testing.Mosquitto;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real service, a real Mosquitto, and a reader that knows only the discovery prefix. */
@Timeout(300)
class HomeAssistantFollowsAServiceTest {
  private static final Duration PATIENT = Duration.ofMinutes(1);
  private static final Map<String, String> SETTINGS = Map.of("FRAMEWISE_URL_SOURCES", "any");

  /** The number of people by second of the video. */
  private static final int[] PEOPLE = {0, 0, 4, 5, 7, 5, 0, 0, 0, 2};

  @TempDir Path folder;

  private static void connect(TestClient client, Mosquitto broker) throws Exception {
    assertThat(
            client
                .post(
                    "/endpoints",
                    """
                    {"name": "Home", "kind": "mqtt", "url": "%s", "user": "%s", "password": "%s"}
                    """
                        .formatted(broker.url(), Mosquitto.USER, Mosquitto.PASSWORD))
                .statusCode())
        .isEqualTo(201);
  }

  @Test
  void withFieldsStatesAndPictures() throws Exception {
    var backend =
        new ScriptedBackend(
            (clip, question) -> {
              int people = PEOPLE[Math.min((int) clip.index(), PEOPLE.length - 1)];
              return "{\"people\": %d, \"state of gate\": \"%s\", \"alarm\": %s, \"who\": [1]}"
                  .formatted(people, people > 3 ? "open" : "shut", people > 6);
            });
    try (var broker = Mosquitto.in(folder);
        var service = RunningService.on(folder.resolve("data"), backend, SETTINGS)) {
      TestClient client = service.client();
      connect(client, broker);
      JsonNode watch =
          TestClient.json(
              client.post(
                  "/watches",
                  """
                  {"name": "Crowd", "when": {"expression": "people > 3"}, "merge_gap": 0}
                  """));
      try (var reader = new HomeAssistantReader(broker)) {
        await().atMost(PATIENT).until(() -> reader.find("image", "Picture").isPresent());
        Entity binary = reader.find("binary_sensor", "Incident").orElseThrow();
        assertThat(reader.isAvailable(binary)).isTrue();
        await().atMost(PATIENT).until(() -> reader.state(binary).equals("OFF"));

        String id =
            client.stream(
                TestVideos.moving(folder, PEOPLE.length),
                "{\"prompt\": \"How many people?\", \"pace\": \"fast\", \"delay_seconds\": 1}");
        client.socket("/ws/" + id + "?since=0").untilEnd();
        await().atMost(PATIENT).until(() -> reader.find("sensor", "people").isPresent());
        Entity people = reader.find("sensor", "people").orElseThrow();
        assertThat(people.config().path("state_class").asText()).isEqualTo("measurement");
        await().atMost(PATIENT).until(() -> reader.state(people).equals("2"));
        Entity gate = reader.find("sensor", "state of gate").orElseThrow();
        assertThat(reader.state(gate)).isEqualTo("shut");
        assertThat(reader.state(reader.find("sensor", "alarm").orElseThrow())).isEqualTo("false");
        assertThat(reader.find("sensor", "who")).as("a list is no state").isEmpty();
        assertThat(reader.state(reader.find("sensor", "Last answer").orElseThrow()))
            .startsWith("{\"people\": 2");

        Entity event = reader.find("event", "Incident event").orElseThrow();
        await().atMost(PATIENT).until(() -> reader.states(event).size() == 2);
        assertThat(kinds(reader.states(event))).containsExactly("opened", "ended");
        assertThat(List.of("ON", "OFF"))
            .isEqualTo(reader.states(binary).subList(1, reader.states(binary).size()));
        String incident = reader.attributes(binary).path("id").asText();
        Entity image = reader.find("image", "Picture").orElseThrow();
        byte[] peak =
            client.sendForBytes(client.to("/incidents/" + incident + "/picture.jpg").GET()).body();
        assertThat(peak).startsWith(0xff, 0xd8);
        // The first picture is the one with which the incident opened.
        await("the picture of the second with seven people")
            .atMost(PATIENT)
            .until(() -> Arrays.equals(reader.image(image), peak));

        assertThat(client.delete("/watches/" + watch.path("id").asText()).statusCode())
            .isEqualTo(204);
        await().atMost(PATIENT).until(() -> reader.entities().isEmpty());
        assertThat(reader.topics())
            .as("nothing of the watch stays at the broker")
            .noneMatch(
                topic -> topic.matches("framewise/watch/.*/(state|field/.*|picture|answer)"));
      }
    }
  }

  @Test
  void aKilledServiceIsOffline() throws Exception {
    try (var broker = Mosquitto.in(folder);
        var service = ChildService.start(folder.resolve("data"), SETTINGS)) {
      connect(service.client(), broker);
      assertThat(
              service
                  .client()
                  .post("/watches", "{\"name\":\"Crowd\",\"when\":{\"expression\":\"people > 3\"}}")
                  .statusCode())
          .isEqualTo(201);
      try (var reader = new HomeAssistantReader(broker)) {
        await().atMost(PATIENT).until(() -> reader.find("binary_sensor", "Incident").isPresent());
        Entity binary = reader.find("binary_sensor", "Incident").orElseThrow();
        await().atMost(PATIENT).until(() -> reader.isAvailable(binary));
        service.kill();
        await().atMost(PATIENT).until(() -> !reader.isAvailable(binary));
        try (var again = ChildService.start(folder.resolve("data"), SETTINGS)) {
          await().atMost(PATIENT).until(() -> reader.isAvailable(binary));
          assertThat(again.client().get("/endpoints").statusCode()).isEqualTo(200);
        }
      }
    }
  }

  private static List<String> kinds(List<String> events) throws IOException {
    return events.stream()
        .map(event -> event.replaceAll(".*\"event_type\":\"([a-z]+)\".*", "$1"))
        .toList();
  }
}
