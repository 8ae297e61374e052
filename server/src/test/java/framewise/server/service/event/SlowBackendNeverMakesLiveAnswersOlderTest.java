package framewise.server.service.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.server.service.EventClient;
import framewise.server.service.LiveFilm;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Half a minute of real live video with a back end that takes five times the clip interval. If
 * clips were queued anywhere, answers would be 24 s old at the end.
 */
class SlowBackendNeverMakesLiveAnswersOlderTest {
  private static final Duration WATCHED = Duration.ofSeconds(30);
  private static final double INTERVAL_MS = 250;
  private static final double INFERENCE_MS = 5 * INTERVAL_MS;

  /**
   * Allowance in milliseconds for a machine that is busy with other tests: the time to wake a
   * thread and to rotate a picture.
   */
  private static final double SCHEDULING_MS = 500;

  private static final Pattern DROPPED = Pattern.compile("Skipped (\\d+) clips? to keep up");

  @TempDir Path folder;

  /** Age of a clip's newest picture when the back end got it, plus a constant. */
  private record Seen(double behindSeconds) {}

  private final ConcurrentLinkedQueue<Seen> seen = new ConcurrentLinkedQueue<>();

  @Test
  @Timeout(180)
  void forHalfAMinute() throws Exception {
    var slow =
        new ScriptedBackend(
            1,
            (clip, question) -> {
              double now = System.nanoTime() / 1e9;
              seen.add(new Seen(now - LiveFilm.madeAt(clip.frames().getLast())));
              TimeUnit.MILLISECONDS.sleep((long) INFERENCE_MS);
              return "seen";
            });
    try (LiveFilm film = LiveFilm.start();
        var service =
            RunningService.on(
                folder.resolve("data"), slow, Map.of("FRAMEWISE_URL_SOURCES", "any"))) {
      TestClient client = service.client();
      String id =
          TestClient.json(client.post("/sessions", "{\"url\":\"%s\"}".formatted(film.url())))
              .required("session_id")
              .asText();
      var started =
          client.post("/start-stream/" + id, "{\"prompt\":\"what\",\"delay_seconds\":0.25}");
      assertThat(started.statusCode()).as(started.body()).isEqualTo(200);
      EventClient events = client.socket("/ws/" + id);
      List<JsonNode> log = new ArrayList<>(events.until(e -> is(e, "result")));
      long end = System.nanoTime() + WATCHED.toNanos();
      while (System.nanoTime() < end) {
        log.addAll(events.until(e -> is(e, "result")));
      }
      client.post("/stop-stream/" + id, "");
      log.addAll(events.untilEnd());

      List<JsonNode> results = log.stream().filter(e -> is(e, "result")).toList();
      assertThat(results).hasSizeGreaterThan(15).allMatch(result -> result.path("ok").asBoolean());
      assertThat(results)
          .allSatisfy(
              result ->
                  assertThat(age(result))
                      .as("the answer's age: %s", result)
                      .isLessThan(INTERVAL_MS + inference(result) + SCHEDULING_MS));
      doesNotGrow(results, result -> (age(result) - inference(result)) / 1000);
      // The pictures themselves prove that nothing waited in the network or the decoder either.
      doesNotGrow(List.copyOf(seen), Seen::behindSeconds);

      JsonNode session = TestClient.json(client.get("/sessions/" + id));
      long dropped = session.at("/counters/dropped").asLong();
      assertThat(dropped).isGreaterThan(2L * results.size());
      assertThat(log.stream().mapToLong(SlowBackendNeverMakesLiveAnswersOlderTest::reported).sum())
          .isEqualTo(dropped);
      assertThat(client.get("/metrics").body())
          .contains("framewise_clips_dropped_total %d.0".formatted(dropped));
    }
  }

  /**
   * Checks that the last third is no older than the first: a queue would add 8 s between the two.
   */
  private static <T> void doesNotGrow(List<T> all, ToDoubleFunction<T> seconds) {
    double[] behind = all.stream().mapToDouble(seconds).toArray();
    int third = behind.length / 3;
    assertThat(third).isGreaterThan(4);
    double first = median(behind, 0, third);
    double last = median(behind, behind.length - third, behind.length);
    assertThat(last - first).isLessThan((INTERVAL_MS + SCHEDULING_MS) / 1000);
  }

  private static double median(double[] values, int from, int to) {
    double[] sorted = Arrays.copyOfRange(values, from, to);
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static boolean is(JsonNode event, String type) {
    return event.required("type").asText().equals(type);
  }

  private static double age(JsonNode result) {
    return result.required("total_latency_ms").asDouble();
  }

  private static double inference(JsonNode result) {
    return result.required("inference_latency_ms").asDouble();
  }

  private static long reported(JsonNode event) {
    Matcher drops = DROPPED.matcher(event.path("detail").asText());
    return drops.matches() ? Long.parseLong(drops.group(1)) : 0;
  }
}
