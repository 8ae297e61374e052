package framewise.server.service.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Seen: each of these watches was stored, without a sign that it could never open an incident. */
@Timeout(120)
class WatchesThatCanNeverWorkAreRefusedTest {
  private static final String WATCH =
      "{\"name\": \"Crowd\", \"when\": {\"expression\": \"people > 3\"}%s}";

  @TempDir static Path folder;
  private static RunningService service;
  private static TestClient client;

  @BeforeAll
  static void start() throws Exception {
    service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo());
    client = service.client();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "until": "2020-01-01T00:00:00Z"                       | until must be in the future
          "until": "2099-01-01T00:00:00Z", "duration": 5        | leave one of them out
          "min_length": 400                                     | min_length is 400 seconds but must be at most max_length, which is 300
          "min_length": 20, "max_length": 10.5                  | at most max_length, which is 10.5
          "second_opinion": {"backend": "oracle"}               | second_opinion.backend is "oracle" but there is no such back end
          "second_opinion": {"backend": "overshoot"}            | second_opinion.backend answers about whole streams
          "open": {"yes": 4, "of": 3}                           | open.yes is 4 but must be at most 3
          "open": {"yes": 0}                                    | open.yes is 0 but must be a whole number from 1 to 20
          "open": {"of": 21}                                    | open.of is 21 but must be a whole number from 1 to 20
          "close": {"no_in_a_row": 0}                           | close.no_in_a_row is 0 but must be
          "max_length": 0                                       | max_length is 0 but must be 1 to
          "max_triggers": 0                                     | max_triggers is 0 but must be a whole number from 1 to
          "cooldown": -1                                        | cooldown is -1 but must be 0 to
          """)
  void withTheReason(String more, String why) throws Exception {
    HttpResponse<String> refused = client.post("/watches", WATCH.formatted("," + more));
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
    String detail = TestClient.json(refused).path("detail").asText();
    assertThat(detail.replaceAll("is \\S+Z but ", "")).contains(why);
  }

  /** Watches that have ended, or were created before this rule, can still be changed. */
  @Test
  void butEndedWatchesCanBeRenamedAndDisabled() throws Exception {
    HttpResponse<String> made = client.post("/watches", WATCH.formatted(",\"duration\": 1"));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    String watch = "/watches/" + TestClient.json(made).path("id").asText();
    await().until(() -> TestClient.json(client.get(watch)).path("state").asText().equals("done"));
    assertThat(client.patch(watch, "{\"name\": \"Old\"}").statusCode()).isEqualTo(200);
    HttpResponse<String> ended = client.patch(watch, "{\"until\": \"2020-01-01T00:00:00Z\"}");
    assertThat(ended.statusCode()).as("the way to end it now").isEqualTo(200);
    assertThat(client.patch(watch, "{\"duration\": 60}").statusCode()).isEqualTo(200);
  }
}
