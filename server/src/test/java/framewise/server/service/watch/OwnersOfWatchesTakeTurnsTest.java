package framewise.server.service.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import framewise.server.service.AccessFixture;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Seen: with 100 watches of one operator, another operator's watch got no question in 75 s. */
@Timeout(180)
class OwnersOfWatchesTakeTurnsTest {
  private static final int MANY = 40;

  /**
   * Maximum number of other owners' questions between two looks of one watch, for the latency of
   * this back end.
   */
  private static final int MAX_BETWEEN = 12;

  @TempDir Path folder;

  @Test
  void whateverTheirNumberOfWatches() throws Exception {
    var slow = new AtomicBoolean();
    List<String> asked = new CopyOnWriteArrayList<>();
    var backend =
        new ScriptedBackend(
            (clip, question) -> {
              if (slow.get() && question.outputSchema().isPresent()) {
                asked.add(question.prompt().contains("the alarm") ? "one" : "many");
                Thread.sleep(300); // a slow model
              }
              return "{\"verdict\": \"no\"}";
            });
    try (var service = RunningService.on(folder.resolve("data"), backend, Map.of())) {
      TestClient client = service.client();
      var access = new AccessFixture(client);
      String[] greedy = access.key("operator");
      String[] other = access.key("operator");
      String many = streaming(client, access, greedy);
      String one = streaming(client, access, other);
      for (int i = 0; i < MANY; i++) {
        watch(access, "Door " + i, many, "a door is open", greedy);
      }
      slow.set(true);
      await().until(() -> asked.size() > 4);
      watch(access, "Alarm", one, "the alarm is lit", other);
      await()
          .atMost(Duration.ofSeconds(90))
          .until(() -> asked.stream().filter("one"::equals).count() >= 6);
      assertThat(between(asked)).as(asked.toString()).allMatch(others -> others <= MAX_BETWEEN);
      await()
          .until(
              () ->
                  client
                      .get("/metrics", access.admin().headers())
                      .body()
                      .lines()
                      .anyMatch(
                          line -> line.matches("framewise_watch_questions_skipped\\S* [1-9].*")));
    }
  }

  /** The numbers of other owners' questions between two looks. */
  private static List<Integer> between(List<String> asked) {
    List<Integer> counts = new ArrayList<>();
    int others = 0;
    for (String who : asked.subList(asked.indexOf("one") + 1, asked.lastIndexOf("one") + 1)) {
      if (who.equals("one")) {
        counts.add(others);
        others = 0;
      } else {
        others++;
      }
    }
    return counts;
  }

  private String streaming(TestClient client, AccessFixture access, String... by) throws Exception {
    String id = access.uploaded(TestVideos.moving(folder, 5), by);
    HttpResponse<String> _ =
        AccessFixture.ok(
            client.send(
                client
                    .to("/start-stream/" + id, AccessFixture.json(by))
                    .POST(BodyPublishers.ofString("{\"prompt\":\"Describe\",\"loop\":true}"))));
    return id;
  }

  private static void watch(
      AccessFixture access, String name, String session, String words, String... by)
      throws Exception {
    HttpResponse<String> _ =
        AccessFixture.ok(
            access.post(
                "/watches",
                "{\"name\":\"%s\",\"sessions\":[\"%s\"],\"when\":{\"words\":\"%s\",\"every\":0.5}}"
                    .formatted(name, session, words),
                by));
  }
}
