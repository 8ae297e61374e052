package framewise.server.service.backend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.server.service.TestClient;
import java.util.List;

/** Answers about the sample clip, one for each of its seconds. */
final class SampleAnswers {
  private static final int SECONDS = 24;

  private SampleAnswers() {}

  /** Creates a session of the sample and returns its id. */
  static String session(TestClient client) throws Exception {
    var made = client.post("/sessions/demo", "{}");
    assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
    return TestClient.json(made).required("session_id").asText();
  }

  /** Asks and returns the results, in the order of the video. */
  static List<JsonNode> to(TestClient client, String session, String prompt) throws Exception {
    return to(client, session, TestClient.JSON.createObjectNode().put("prompt", prompt));
  }

  /**
   * Asks and returns the results, in the order of the video.
   *
   * @param start fields of the request besides the pace and the sampling
   */
  static List<JsonNode> to(TestClient client, String session, ObjectNode start) throws Exception {
    start.put("pace", "fast").put("delay_seconds", 1);
    var started = client.post("/start-stream/" + session, start.toString());
    assertThat(started.statusCode()).as(started.body()).isEqualTo(200);
    List<JsonNode> results =
        client.socket("/ws/" + session).untilEnd().stream()
            .filter(event -> event.path("type").asText().equals("result"))
            .toList();
    assertThat(results)
        .hasSize(SECONDS)
        .allSatisfy(result -> assertThat(result.path("error").isNull()).isTrue());
    return results;
  }
}
