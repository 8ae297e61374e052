package framewise.server.service.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.server.service.OpenAiStub;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A watch whose model chooses the time of its next look, with a provider that has prices. */
@Timeout(300)
class SelfPacedWatchesCostByTheLookTest {
  /** The price of a look in dollars: 1,000 input and 100 output tokens, as the stub reports. */
  private static final BigDecimal PRICE = new BigDecimal("0.004");

  private static final int LOOKS = 10;

  @TempDir Path folder;
  private final SteppedClock clock = new SteppedClock("watch-words");

  /** Fifty quiet minutes cost as much as a busy one: only looks cost money, waiting does not. */
  @Test
  void quietScenesCostLittle() throws Exception {
    try (var model = new OpenAiStub();
        var service =
            RunningService.on(
                folder.resolve("data"), ScriptedBackend.echo(), model.settings(), clock)) {
      TestClient client = service.client();
      model.say("{\"verdict\":\"unknown\",\"next_look_in\":6}");
      String id = streaming(client);
      made(client);
      looked(client, id, 1);

      for (int look = 1; look <= LOOKS; look++) {
        clock.advance(Duration.ofSeconds(5));
        looked(client, id, look);
        if (look == LOOKS) {
          // The answer to the next look determines the time of the one after it.
          model.say("{\"verdict\":\"no\",\"next_look_in\":9999}");
        }
        clock.advance(Duration.ofSeconds(1));
        looked(client, id, look + 1);
      }
      BigDecimal busy = cost(looks(client, id).subList(1, LOOKS + 1));

      for (int look = LOOKS + 1; look <= 2 * LOOKS; look++) {
        clock.advance(Duration.ofSeconds(299));
        looked(client, id, look);
        clock.advance(Duration.ofSeconds(1));
        looked(client, id, look + 1);
      }
      BigDecimal quiet = cost(looks(client, id).subList(LOOKS + 1, 2 * LOOKS + 1));

      assertThat(busy).isEqualByComparingTo(PRICE.multiply(BigDecimal.valueOf(LOOKS)));
      assertThat(quiet).isEqualByComparingTo(busy);
      assertThat(model.asked()).hasSize(2 * LOOKS + 1);
    }
  }

  /**
   * Seen: changed words were first used up to 300 s later, at the time of the next look that the
   * old ones had chosen.
   */
  @Test
  void aChangedQuestionIsAskedAtOnce() throws Exception {
    try (var model = new OpenAiStub();
        var service =
            RunningService.on(
                folder.resolve("data"), ScriptedBackend.echo(), model.settings(), clock)) {
      TestClient client = service.client();
      model.say("{\"verdict\":\"no\",\"next_look_in\":300}");
      String id = streaming(client);
      String watch = made(client);
      looked(client, id, 1);
      client.patch(
          "/watches/" + watch,
          """
          {"when": {"words": "the gate is open", "backend": "openai",
           "self_paced": {"min": 1, "max": 300}}}
          """);
      clock.advance(Duration.ofSeconds(2));
      looked(client, id, 2);
      assertThat(looks(client, id).getLast().path("prompt").asText()).contains("the gate is open");
    }
  }

  /**
   * Starts a session and waits for its first picture: a look without a picture would wait, and this
   * clock does not advance by itself.
   */
  private String streaming(TestClient client) throws Exception {
    String id =
        client.stream(
            TestVideos.moving(folder, 5),
            "{\"prompt\":\"Describe\",\"backend\":\"builtin\",\"loop\":true}");
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> client.get("/sessions/" + id + "/snapshot.jpg").statusCode() == 200);
    return id;
  }

  private static String made(TestClient client) throws Exception {
    HttpResponse<String> made =
        client.post(
            "/watches",
            """
            {"name": "Dock", "when": {"words": "the dock is blocked", "backend": "openai",
             "self_paced": {"min": 1, "max": 300}}}
            """);
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    return TestClient.json(made).path("id").asText();
  }

  private static void looked(TestClient client, String session, int times) {
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(looks(client, session)).hasSize(times));
  }

  private static List<JsonNode> looks(TestClient client, String session) throws Exception {
    return TestClient.json(client.get("/sessions/" + session + "/results?limit=1000"))
        .path("results")
        .valueStream()
        .filter(result -> result.path("name").asText().equals("watch: Dock"))
        .toList();
  }

  private static BigDecimal cost(List<JsonNode> looks) {
    assertThat(looks).hasSize(LOOKS);
    return looks.stream()
        .map(look -> look.path("cost_usd").decimalValue())
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
