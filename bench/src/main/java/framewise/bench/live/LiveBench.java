package framewise.bench.live;

import framewise.bench.service.StartedService;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Measures the CPU time and memory that many live cameras take. The service runs in a separate
 * process, as users run it; see bench/README.md. Arguments: the runnable jar, a working folder, and
 * loads such as {@code 640x360*20:local}; by default those of the README.
 */
public final class LiveBench {
  private static final List<String> LOADS =
      List.of(
          "640x360*1:local",
          "640x360*20:local",
          "1280x720*20:local",
          "640x360*20:builtin",
          "1280x720*20:builtin");
  private static final Pattern LOAD = Pattern.compile("(\\d+x\\d+)\\*(\\d+):(\\w+)");
  private static final Duration WARM_UP = Duration.ofSeconds(15);
  private static final Duration MEASURED = Duration.ofSeconds(30);

  private final HttpClient http = HttpClient.newHttpClient();
  private final StartedService service;

  private LiveBench(StartedService service) {
    this.service = service;
  }

  public static void main(String[] args) throws Exception {
    Path jar = Path.of(args[0]).toAbsolutePath();
    Path folder = Files.createDirectories(Path.of(args[1]));
    System.out.println(
        "| cameras, back end | CPU, percent of a core | each camera | RSS MB | answers/s | dropped/s | lost |");
    System.out.println("|---|---|---|---|---|---|---|");
    for (String load : args.length == 2 ? LOADS : List.of(args).subList(2, args.length)) {
      System.out.println(run(jar, folder, load));
    }
  }

  private static String run(Path jar, Path folder, String load) throws Exception {
    Matcher parts = LOAD.matcher(load);
    if (!parts.matches()) {
      throw new IllegalArgumentException("a load is written 640x360*20:local, not " + load);
    }
    int count = Integer.parseInt(parts.group(2));
    try (Cameras cameras = Cameras.open(folder, parts.group(1));
        var service = start(jar, Files.createTempDirectory(folder, "run"), cameras)) {
      var bench = new LiveBench(service);
      try {
        for (int i = 0; i < count; i++) {
          bench.watch(cameras.url("/camera/" + i), parts.group(3));
        }
        Thread.sleep(WARM_UP);
        return bench.measure(load, count);
      } finally {
        bench.http.close();
      }
    }
  }

  private static StartedService start(Path jar, Path folder, Cameras cameras)
      throws IOException, InterruptedException {
    // The same options as the launcher's.
    return StartedService.start(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-Xms16m",
            "-Xmx256m",
            "--enable-native-access=ALL-UNNAMED",
            "-jar",
            jar.toString()),
        folder,
        Map.of(
            "FRAMEWISE_URL_SOURCES",
            "any",
            "LOCAL_BASE_URL",
            cameras.url("/v1"),
            "LOCAL_MODEL",
            "instant"));
  }

  /** Samples one picture per second from a camera. */
  private void watch(String url, String backend) throws IOException, InterruptedException {
    String made = post("/sessions", "{\"url\":\"%s\"}".formatted(url));
    Matcher id = Pattern.compile("\"session_id\":\"([^\"]+)\"").matcher(made);
    if (!id.find()) {
      throw new IOException("no session: " + made);
    }
    post(
        "/start-stream/" + id.group(1),
        "{\"prompt\":\"Read any visible text\",\"backend\":\"%s\"}".formatted(backend));
  }

  private String measure(String load, int count) throws IOException, InterruptedException {
    Sample before = sample();
    Thread.sleep(MEASURED);
    Sample after = sample();
    double seconds = after.seconds() - before.seconds();
    double percent = 100 * (after.cpu() - before.cpu()) / seconds;
    return String.format(
        Locale.ROOT,
        "| %s | %.1f | %.2f | %d | %.1f | %.1f | %.0f |",
        load,
        percent,
        percent / count,
        service.residentMegabytes(),
        (after.answers() - before.answers()) / seconds,
        (after.dropped() - before.dropped()) / seconds,
        after.lost());
  }

  private record Sample(double seconds, double cpu, double answers, double dropped, double lost) {}

  private Sample sample() throws IOException, InterruptedException {
    String metrics =
        http.send(
                HttpRequest.newBuilder(URI.create(service.address() + "/metrics")).build(),
                BodyHandlers.ofString())
            .body();
    return new Sample(
        System.nanoTime() / 1e9,
        service.cpu().toNanos() / 1e9,
        sum(metrics, "framewise_inference_seconds_count"),
        sum(metrics, "framewise_clips_dropped_total"),
        sum(metrics, "framewise_url_lost_total"));
  }

  private static double sum(String metrics, String name) {
    return Pattern.compile("(?m)^" + name + "(?:\\{[^}]*\\})? (\\S+)$")
        .matcher(metrics)
        .results()
        .mapToDouble((MatchResult found) -> Double.parseDouble(found.group(1)))
        .sum();
  }

  private String post(String path, String json) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(service.address() + path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json))
            .build();
    var answer = http.send(request, BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IOException(answer.body());
    }
    return answer.body();
  }
}
