package framewise.server.service.backend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.server.service.RunningService;
import framewise.server.service.TestClient;
import framewise.vision.builtin.BuiltinBackend;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample has people, and the built-in model counts them in each second. */
class PeopleInTheSampleAreCountedTest {
  /** The number of people by second, counted by eye. */
  private static final List<Integer> PEOPLE = new ArrayList<>();

  static {
    int[][] scenes = {{3, 0}, {3, 2}, {6, 1}, {6, 4}, {6, 2}};
    for (int[] scene : scenes) {
      PEOPLE.addAll(Collections.nCopies(scene[0], scene[1]));
    }
  }

  @TempDir static Path data;
  private static RunningService service;
  private static TestClient client;

  /** The data folder contains a sample without people, as an earlier version made it. */
  @BeforeAll
  static void start() throws Exception {
    Files.writeString(data.resolve("demo.mp4"), "the sample of an earlier version");
    service = RunningService.on(data, new BuiltinBackend());
    client = service.client();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void inTextWithBoxesAndByAWatch() throws Exception {
    String session = SampleAnswers.session(client);
    List<JsonNode> results = SampleAnswers.to(client, session, "How many people are there?");
    assertThat(results)
        .extracting(result -> result.path("result").asText())
        .isEqualTo(PEOPLE.stream().map(PeopleInTheSampleAreCountedTest::inWords).toList());
    assertThat(results).extracting(result -> result.path("objects").size()).isEqualTo(PEOPLE);
    for (JsonNode result : results) {
      assertThat(result.path("objects"))
          .allSatisfy(object -> assertThat(object.path("label").asText()).isEqualTo("person"))
          .allSatisfy(object -> assertThat(object.path("box")).hasSize(4));
    }

    var watch = TestClient.JSON.createObjectNode().put("name", "Crowd").put("session", session);
    watch.putObject("when").put("expression", "people > 3");
    JsonNode tried = TestClient.json(client.post("/watches/try", watch.toString()));
    assertThat(tried.path("incidents")).as(tried.toString()).hasSize(1);
    assertThat(tried.at("/incidents/0/count").asInt()).isEqualTo(6);
    assertThat(data.resolve("demo.mp4")).as("the earlier sample").doesNotExist();
  }

  @Test
  void inAStructuredAnswer() throws Exception {
    var start = TestClient.JSON.createObjectNode().put("prompt", "Count the people");
    start
        .putObject("output_schema")
        .put("type", "object")
        .putObject("properties")
        .putObject("people")
        .put("type", "integer");
    List<Integer> people = new ArrayList<>();
    for (JsonNode result : SampleAnswers.to(client, SampleAnswers.session(client), start)) {
      people.add(TestClient.JSON.readTree(result.path("result").asText()).path("people").asInt());
    }
    assertThat(people).isEqualTo(PEOPLE);
  }

  private static String inWords(int people) {
    return switch (people) {
      case 0 -> "No people detected.";
      case 1 -> "1 person.";
      default -> people + " people.";
    };
  }
}
