package framewise.server.service.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.server.service.AccessFixture;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code GET /search}. */
@Timeout(120)
class AnswersOfAllSessionsAreSearchedTest {
  @TempDir Path folder;

  @Test
  void byWordsInVisibleSessions() throws Exception {
    Path clip = TestVideos.words(folder, "HELLO", "mp4");
    try (var service =
        RunningService.on(folder.resolve("data"), ScriptedBackend.echo(), Map.of())) {
      TestClient client = service.client();
      String yard = asked(client, clip, "Is the yard gate open?");
      String hall = asked(client, clip, "Is the hall gate open?");

      JsonNode both = found(client, "gate op*");
      assertThat(both.path("total").asInt()).isEqualTo(2);
      assertThat(both.at("/sessions/0/session_id").asText()).isEqualTo(hall);
      JsonNode hit = both.at("/sessions/1/results/0");
      assertThat(hit.path("snippet").asText()).contains("yard");
      assertThat(hit.path("marks")).hasSize(2);
      assertThat(found(client, "\"yard gate\"").path("sessions")).hasSize(1);
      assertThat(found(client, "gate", "&session=" + yard).path("hits").asInt()).isPositive();
      assertThat(found(client, "gate", "&ok=false").path("sessions")).isEmpty();
      assertThat(found(client, "gate", "&from=2999-01-01T00:00:00Z").path("hits").asInt()).isZero();

      refused(client, "/search", 400, "q is missing");
      refused(client, "/search?q=", 400, "q has no word");
      refused(client, "/search?q=%22open", 400, "q has a quotation mark without its partner");
      refused(client, "/search?q=" + "x".repeat(201), 400, "q has 201 characters");
      refused(client, "/search?q=a&session=1", 422, "session is \"1\" but must be the id");
      refused(client, "/search?q=a*+b*+c*+d*", 400, "q has 4 words with an asterisk");
      refused(
          client, "/search?q=a&to=%2B10000-01-01T00:00:00Z", 422, "to is \"+10000-01-01T00:00:00Z");
      refused(client, "/search?q=a&from=now", 422, "from is \"now\" but must be a time such as");
      refused(
          client,
          "/search?q=a&from=-999999999-01-01T00:00:00Z",
          422,
          "from is \"-999999999-01-01T00:00:00Z\" but must");
      refused(client, "/search?q=a&ok=maybe", 422, "ok is \"maybe\" but must be true or false");
      refused(client, "/search?q=a&hits=51", 422, "hits is \"51\" but must be");
      for (String odd :
          new String[] {"a AND", "NEAR(", "text:", "a' OR 1=1 --", "^gate", "{a}:b"}) {
        assertThat(client.get("/search?q=" + encoded(odd)).statusCode()).isEqualTo(200);
      }

      // A viewer finds answers of sessions shared with them, and learns nothing about others.
      var access = new AccessFixture(client);
      var viewer = access.account("Vera", "viewer");
      String[] theirs = viewer.headers();
      assertThat(TestClient.json(client.get("/search?q=gate", theirs)).path("hits").asInt())
          .isZero();
    }
  }

  private static String asked(TestClient client, Path clip, String prompt) throws Exception {
    String id = client.uploaded(clip);
    client.post("/start-stream/" + id, "{\"prompt\":\"%s\",\"pace\":\"fast\"}".formatted(prompt));
    await()
        .until(
            () ->
                TestClient.json(client.get("/sessions/" + id))
                    .path("status")
                    .asText()
                    .equals("finished"));
    return id;
  }

  private static JsonNode found(TestClient client, String q, String... more) throws Exception {
    HttpResponse<String> answer = client.get("/search?q=" + encoded(q) + String.join("", more));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return TestClient.json(answer);
  }

  private static void refused(TestClient client, String path, int status, String why)
      throws Exception {
    HttpResponse<String> answer = client.get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(TestClient.json(answer).path("detail").asText()).startsWith(why);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
