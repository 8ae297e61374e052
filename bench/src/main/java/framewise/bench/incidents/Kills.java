package framewise.bench.incidents;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.bench.service.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Kills a service at random moments in the middle of incidents and deliveries, and checks at the
 * end that every incident was opened once, ended, and was delivered at least once, in order.
 */
final class Kills {
  private static final int FPS = 5;
  private static final int PICTURES = 40 * FPS;
  private static final Duration MAX_START_TIME = Duration.ofSeconds(30);

  /**
   * The latest moment of a kill, in milliseconds after the first webhook of this run of the
   * service.
   */
  private static final int SPREAD_MS = 3_000;

  private static final Duration TIMEOUT = Duration.ofMinutes(5);
  private static final String START =
      """
      {"prompt": "Is it on?", "backend": "local", "pace": "fast", "delay_seconds": 0.2}
      """;
  private static final String WATCH =
      """
      {"name": "On", "when": {"expression": "on == true"}, "merge_gap": 0,
       "open": {"yes": 1, "of": 1}, "close": {"no_in_a_row": 1}}
      """;

  private final Path folder;
  private final Random random;
  private final Consumer<String> progress;
  private final List<String> sessions = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private final Set<String> known = new HashSet<>();
  private int incidents;
  private int inTheMiddle;
  private int whileWaiting;
  private int superseded;

  /**
   * @param seed determines the moments, the condition and which webhooks the receiver refuses
   * @param progress receives a line for each kill
   */
  Kills(Path folder, long seed, Consumer<String> progress) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.random = new Random(seed);
    this.progress = progress;
  }

  /**
   * Outcome of all kills.
   *
   * @param inTheMiddle kills while an incident was open
   * @param whileWaiting kills while deliveries were pending
   * @param repeated webhooks that were accepted more than once
   * @param superseded notices that newer notices of the same incident replaced
   * @param faults one sentence for each fault; empty if there was none
   */
  record Outcome(
      int kills,
      int inTheMiddle,
      int whileWaiting,
      int sessions,
      int incidents,
      int webhooks,
      int repeated,
      int superseded,
      List<String> faults) {
    Outcome {
      faults = List.copyOf(faults);
    }

    String row() {
      return String.format(
          Locale.ROOT,
          "| %d | %d | %d | %d | %d | %d | %d | %d | %d |",
          kills,
          inTheMiddle,
          whileWaiting,
          sessions,
          incidents,
          webhooks,
          repeated,
          superseded,
          faults.size());
    }
  }

  Outcome run(int kills) throws IOException, InterruptedException {
    Path video = Barcode.video(folder.resolve("barcode.mp4"), PICTURES, FPS);
    var truth = new Spans(random, 3, 15, PICTURES);
    var latencies = new Random(random.nextLong());
    var refusals = new Random(random.nextLong());
    try (var model =
            new BarcodeModel(truth::at, () -> Duration.ofMillis(10 + latencies.nextInt(40)));
        var hook = new Hook(body -> answer(refusals, body.at("/data/id").asText()))) {
      for (int kill = 0; kill < kills; kill++) {
        live(model, hook, video, kill);
      }
      try (var service = ServiceProcess.start(folder, model.settings())) {
        for (String session : sessions) {
          checkLog(session, service.log(session));
        }
        awaitDeliveries(service);
        checkDeliveries(service, hook.received());
      }
      List<Hook.Received> received = hook.received();
      long messages = received.stream().map(Hook.Received::id).distinct().count();
      return new Outcome(
          kills,
          inTheMiddle,
          whileWaiting,
          sessions.size(),
          incidents,
          received.size(),
          (int) (received.size() - messages),
          superseded,
          faults);
    }
  }

  /** Runs the service once, from its start to its kill. */
  private void live(BarcodeModel model, Hook hook, Path video, int kill)
      throws IOException, InterruptedException {
    try (var service = ServiceProcess.start(folder, model.settings())) {
      if (kill == 0) {
        JsonNode _ = service.post("/watches", WATCH);
        JsonNode _ =
            service.post(
                "/endpoints",
                "{\"name\":\"Hook\",\"kind\":\"webhook\",\"url\":\"%s\"}".formatted(hook.url()));
      }
      sessions.add(service.stream(video, START));
      int before = hook.received().size();
      Instant end = Instant.now().plus(MAX_START_TIME);
      while (hook.received().size() == before && Instant.now().isBefore(end)) {
        Thread.sleep(Duration.ofMillis(10));
      }
      Thread.sleep(Duration.ofMillis(random.nextInt(SPREAD_MS)));
      int open = service.get("/incidents?state=open").path("incidents").size();
      int waiting = service.get("/deliveries?state=waiting").path("deliveries").size();
      service.kill();
      inTheMiddle += open > 0 ? 1 : 0;
      whileWaiting += waiting > 0 ? 1 : 0;
      progress.accept(
          "kill %d: %d incidents open, %d deliveries waiting, %d webhooks accepted so far"
              .formatted(kill + 1, open, waiting, hook.received().size()));
    }
  }

  /**
   * Answers slowly now and then, so that some kills happen during a request. Refuses the first
   * webhook of one in four incidents, but not the second: the next retry would follow only after
   * five minutes.
   */
  private Hook.HookReply answer(Random random, String incident) {
    synchronized (known) {
      var after = Duration.ofMillis(random.nextInt(400));
      boolean refused = known.add(incident) && random.nextInt(4) == 0;
      return new Hook.HookReply(refused ? 500 : 204, after);
    }
  }

  /** Checks that the log has exactly the incidents that follow from its answers, in order. */
  private void checkLog(String session, List<JsonNode> events) {
    List<String> expected = new ArrayList<>();
    List<String> actual = new ArrayList<>();
    Set<String> opened = new HashSet<>();
    boolean open = false;
    for (JsonNode event : events) {
      switch (event.path("type").asText()) {
        case "result" -> {
          String answer = event.path("result").asText();
          boolean on = answer.contains("\"on\": true");
          if (event.path("ok").asBoolean() && on != open) {
            open = on;
            expected.add((on ? "opened by " : "ended by ") + event.path("seq").asLong());
          }
        }
        case "end" -> {
          if (open) {
            expected.add("ended by the end");
          }
          open = false;
        }
        case "incident.opened" -> {
          actual.add("opened by " + event.at("/incident/opened/seq").asLong());
          if (!opened.add(event.at("/incident/id").asText())) {
            faults.add("session %s opened an incident twice".formatted(session));
          }
        }
        case "incident.ended" -> {
          boolean byTheEnd = event.at("/incident/end_reason").asText().equals("session_ended");
          actual.add(
              byTheEnd
                  ? "ended by the end"
                  : "ended by " + event.at("/incident/ended/seq").asLong());
        }
        default -> {}
      }
    }
    incidents += opened.size();
    // The end of a session is written after the incidents that it ends.
    if (!actual.equals(expected)) {
      faults.add("session %s has %s instead of %s".formatted(session, actual, expected));
    }
  }

  private static void awaitDeliveries(ServiceProcess service)
      throws IOException, InterruptedException {
    Instant end = Instant.now().plus(TIMEOUT);
    while (service.get("/deliveries?state=waiting").path("deliveries").size() > 0
        && Instant.now().isBefore(end)) {
      Thread.sleep(Duration.ofMillis(500));
    }
  }

  private void checkDeliveries(ServiceProcess service, List<Hook.Received> received)
      throws IOException, InterruptedException {
    Map<String, Set<String>> types = new HashMap<>();
    Map<String, Long> newest = new HashMap<>();
    for (Hook.Received webhook : received) {
      types.computeIfAbsent(webhook.incident(), id -> new LinkedHashSet<>()).add(webhook.type());
      long before = newest.getOrDefault(webhook.incident(), 0L);
      if (webhook.seq() < before) {
        faults.add(
            "incident %s: %d came after %d".formatted(webhook.incident(), webhook.seq(), before));
      }
      newest.put(webhook.incident(), Math.max(before, webhook.seq()));
    }
    Set<String> given = new HashSet<>();
    for (JsonNode one : all(service, "/deliveries?state=superseded&limit=500", "deliveries")) {
      given.add(one.path("subject").asText() + one.path("type").asText());
      superseded++;
    }
    for (JsonNode incident : all(service, "/incidents?limit=200", "incidents")) {
      String id = incident.path("id").asText();
      Set<String> seen = types.getOrDefault(id, Set.of());
      if (!seen.contains("incident.ended")) {
        faults.add("the end of incident %s was not delivered: %s".formatted(id, seen));
      }
      if (!seen.contains("incident.opened") && !given.contains(id + "incident.opened")) {
        faults.add("the opening of incident %s was not delivered: %s".formatted(id, seen));
      }
      if (incident.path("state").asText().equals("open")) {
        faults.add("incident %s is still open".formatted(id));
      }
    }
  }

  /** All pages of a list. */
  private static List<JsonNode> all(ServiceProcess service, String path, String name)
      throws IOException, InterruptedException {
    List<JsonNode> all = new ArrayList<>();
    String next = path;
    while (true) {
      List<JsonNode> page = service.get(next).path(name).valueStream().toList();
      if (page.isEmpty()) {
        return all;
      }
      all.addAll(page);
      next = path + "&before=" + page.getLast().path("id").asText();
    }
  }
}
