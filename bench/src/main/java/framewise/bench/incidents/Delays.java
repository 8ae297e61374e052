package framewise.bench.incidents;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.bench.service.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/**
 * Measures the time from the picture of live video at which the condition changed to the webhook
 * about it, and checks that incidents open and end with exactly that picture.
 */
final class Delays {
  private static final int FPS = 25;
  private static final int WARM_UP = 8 * FPS;
  private static final String WATCH =
      """
      {"name": "On", "when": {"expression": "on == true"}, "merge_gap": 0,
       "open": {"yes": 1, "of": 1}, "close": {"no_in_a_row": 1}}
      """;

  private Delays() {}

  /**
   * Times of one webhook, in milliseconds.
   *
   * @param toModel from the picture until the model has received it
   * @param model from the request until the model's answer
   * @param toHook from the model's answer to the received webhook
   */
  record Delay(double toModel, double model, double toHook) {
    double own() {
      return toModel + toHook;
    }
  }

  /**
   * The measured delays and the faults found.
   *
   * @param faults one sentence for each fault; empty if every incident opened and ended on the
   *     right picture
   */
  record Outcome(List<Delay> delays, List<String> faults) {
    Outcome {
      delays = List.copyOf(delays);
      faults = List.copyOf(faults);
    }

    /** A row for each part of the delay: median, 95th percentile and range. */
    List<String> rows() {
      return List.of(
          row("from the picture to the model", delays.stream().map(Delay::toModel).toList()),
          row("in the model", delays.stream().map(Delay::model).toList()),
          row("from the answer to the webhook", delays.stream().map(Delay::toHook).toList()),
          row("**all but the model**", delays.stream().map(Delay::own).toList()));
    }

    private static String row(String name, List<Double> values) {
      List<Double> sorted = values.stream().sorted().toList();
      return String.format(
          Locale.ROOT,
          "| %s | %d | %.0f | %.0f | %.0f to %.0f |",
          name,
          sorted.size(),
          sorted.get(sorted.size() / 2),
          sorted.get((int) Math.ceil(sorted.size() * 0.95) - 1),
          sorted.getFirst(),
          sorted.getLast());
    }
  }

  static Outcome run(Path folder, Duration length, long seed)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    var random = new Random(seed);
    int pictures = (int) length.toSeconds() * FPS;
    // The changes begin once the service has warmed up.
    var changes = new Spans(random, 2 * FPS, 5 * FPS, pictures - WARM_UP);
    IntPredicate truth = number -> number >= WARM_UP && changes.at(number - WARM_UP);
    var latencies = new Random(random.nextLong());
    try (var model = new BarcodeModel(truth, () -> Duration.ofMillis(60 + latencies.nextInt(80)));
        var hook = new Hook(body -> Hook.HookReply.OK);
        var film = new BarcodeFilm(pictures, FPS);
        var service = ServiceProcess.start(folder, model.settings())) {
      JsonNode _ = service.post("/watches", WATCH);
      JsonNode _ =
          service.post(
              "/endpoints",
              "{\"name\":\"Hook\",\"kind\":\"webhook\",\"url\":\"%s\"}".formatted(hook.url()));
      String session =
          service
              .post("/sessions", "{\"url\":\"%s\"}".formatted(film.url()))
              .path("session_id")
              .asText();
      JsonNode _ =
          service.post(
              "/start-stream/" + session,
              "{\"prompt\":\"Is it on?\",\"backend\":\"local\",\"delay_seconds\":0.2}");
      Thread.sleep(length.plusSeconds(2));
      JsonNode _ = service.post("/stop-stream/" + session, "");
      Thread.sleep(Duration.ofSeconds(2));
      return outcome(model.calls(), hook.received(), film.shown());
    }
  }

  private static Outcome outcome(
      List<BarcodeModel.Call> calls, List<Hook.Received> received, Map<Integer, Long> shown)
      throws IOException {
    Map<Integer, BarcodeModel.Call> byNumber = new ConcurrentHashMap<>();
    calls.forEach(call -> byNumber.putIfAbsent(call.number(), call));
    List<String> expected = new ArrayList<>();
    boolean on = false;
    // Of two questions in flight, the later may be answered first; results keep their order.
    List<BarcodeModel.Call> inOrder =
        calls.stream().sorted(Comparator.comparingInt(BarcodeModel.Call::number)).toList();
    for (BarcodeModel.Call call : inOrder) {
      if (call.truth() != on) {
        on = call.truth();
        expected.add((on ? "incident.opened " : "incident.ended ") + call.number());
      }
    }
    List<String> actual = new ArrayList<>();
    List<Delay> delays = new ArrayList<>();
    for (Hook.Received webhook : received) {
      String answer = webhook.body().at("/data/answer").asText();
      if (!webhook.type().equals("incident.updated") && !answer.isEmpty()) {
        int number = ServiceProcess.JSON.readTree(answer).path("number").asInt();
        actual.add(webhook.type() + " " + number);
        BarcodeModel.Call call = byNumber.get(number);
        Long at = shown.get(number);
        if (call != null && at != null) {
          delays.add(
              new Delay(
                  millis(call.arrived() - at),
                  millis(call.answered() - call.arrived()),
                  millis(webhook.at() - call.answered())));
        }
      }
    }
    List<String> faults = new ArrayList<>();
    if (!actual.equals(expected)) {
      faults.add(
          "webhooks: %s%nexpected: %s"
              .formatted(
                  actual.stream().collect(Collectors.joining(", ")),
                  expected.stream().collect(Collectors.joining(", "))));
    }
    return new Outcome(delays, faults);
  }

  private static double millis(long nanos) {
    return nanos / 1e6;
  }
}
