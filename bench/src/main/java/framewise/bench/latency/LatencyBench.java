package framewise.bench.latency;

import framewise.bench.service.StartedService;
import framewise.media.picture.Frame;
import framewise.webrtc.PeerListener;
import framewise.webrtc.PeerOptions;
import framewise.webrtc.Peers;
import framewise.webrtc.Publisher;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.DoubleStream;

/**
 * Measures the age of answers about video that is published over WHIP (640x480, 30 pictures a
 * second), with a model that takes 100 ms and one question a second; see bench/README.md. The
 * service runs as its launcher starts it, the publishers, the model and the client in this process.
 * Arguments: the launcher, a working folder, and numbers of streams (1 and 4 by default).
 */
public final class LatencyBench {
  private static final int FPS = 30;
  private static final Duration SETTLE = Duration.ofSeconds(2);
  private static final Duration MEASURED =
      Duration.ofSeconds(Integer.getInteger("bench.seconds", 60));
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final double MILLION = 1e6;
  private static final int REHEARSALS = 5;

  /** Stages that are parts or sums of others; encoding is part of inference. */
  private static final Set<String> NOT_OF_ITS_OWN = Set.of("total", "first_token", "encode");

  private final StartedService service;
  private final StampModel model;
  private final HttpClient http = HttpClient.newHttpClient();
  private final StampedScene scene = new StampedScene();

  /** When the picture of each number was drawn, {@link System#nanoTime}. */
  private final long[] drawn = new long[1 << 16];

  private int number;

  private LatencyBench(StartedService service, StampModel model) {
    this.service = service;
    this.model = model;
  }

  public static void main(String[] args) throws Exception {
    Path launcher = Path.of(args[0]).toAbsolutePath();
    Path folder = Files.createDirectories(Path.of(args[1])).toAbsolutePath();
    System.out.println(
        "| streams | first answer after the start, ms | first answer, warm, ms | answers | p50 | p95 | range | explained by `timings` |"
            + " CPU, percent of a core a stream | RSS MB |");
    System.out.println("|---|---|---|---|---|---|---|---|---|---|");
    for (String streams :
        args.length == 2 ? List.of("1", "4") : List.of(args).subList(2, args.length)) {
      System.out.println(run(launcher, folder, Integer.parseInt(streams)));
    }
    System.exit(0);
  }

  private static String run(Path launcher, Path folder, int streams) throws Exception {
    try (var model = new StampModel();
        var service = start(launcher, Files.createTempDirectory(folder, "run"), model);
        var peers = new Peers(PeerOptions.DEFAULTS)) {
      var bench = new LatencyBench(service, model);
      bench.prepare();
      try {
        return bench.measure(peers, streams);
      } finally {
        bench.http.shutdownNow();
      }
    }
  }

  private static StartedService start(Path launcher, Path folder, StampModel model)
      throws IOException, InterruptedException {
    return StartedService.start(
        List.of(launcher.toString(), "run"),
        folder,
        Map.of(
            "FRAMEWISE_FIND_LOCAL", "off", "LOCAL_BASE_URL", model.url(), "LOCAL_MODEL", "stamp"));
  }

  private String measure(Peers peers, int streams) throws Exception {
    double cold;
    double cpu;
    List<AnswerSocket.SocketAnswer> answers = new ArrayList<>();
    List<Map<String, Double>> stages = new ArrayList<>();
    try (var cameras = new Cameras(peers, streams)) {
      cold = cameras.firstAnswer();
      cameras.play(SETTLE);
      Duration before = service.cpu();
      long begin = System.nanoTime();
      cameras.play(MEASURED);
      cpu = 100.0 * service.cpu().minus(before).toNanos() / (System.nanoTime() - begin);
      for (AnswerSocket socket : cameras.sockets) {
        answers.addAll(socket.answers());
        socket.answers().forEach(answer -> stages.add(stages(socket, answer)));
      }
    }
    long resident = service.residentMegabytes();
    double warm;
    try (var cameras = new Cameras(peers, streams)) {
      warm = cameras.firstAnswer();
    }
    System.err.println(medians(answers, stages));
    double[] ages = ages(answers).sorted().toArray();
    return String.format(
        Locale.ROOT,
        "| %d | %.0f | %.0f | %d | %.0f | %.0f | %.0f to %.0f | %.0f %% | %.1f | %d |",
        streams,
        cold,
        warm,
        ages.length,
        ages[ages.length / 2],
        ages[(int) Math.ceil(ages.length * 0.95) - 1],
        ages[0],
        ages[ages.length - 1],
        100 * explained(answers, stages),
        cpu / streams,
        resident);
  }

  /**
   * Asks the model directly, so that the first answer does not include the start of this process's
   * own client and model.
   */
  private void prepare() throws IOException, InterruptedException {
    try (Frame picture = scene.picture(0)) {
      for (int i = 0; i < REHEARSALS; i++) {
        HttpResponse<String> _ =
            http.send(
                HttpRequest.newBuilder(URI.create(model.url() + "/chat/completions"))
                    .POST(BodyPublishers.ofString(StampModel.question(picture.jpeg(85))))
                    .build(),
                BodyHandlers.ofString());
      }
    }
  }

  /**
   * Milliseconds from drawing the picture to the arrival of the answer, less the model's latency.
   */
  private DoubleStream ages(List<AnswerSocket.SocketAnswer> answers) {
    return answers.stream()
        .mapToDouble(
            answer ->
                (answer.arrived() - drawn[answer.number()]) / MILLION
                    - StampModel.LATENCY.toMillis());
  }

  /** The stages of one answer, in milliseconds. */
  private static Map<String, Double> stages(AnswerSocket socket, AnswerSocket.SocketAnswer answer) {
    Map<String, Double> stages = new TreeMap<>();
    answer
        .timings()
        .properties()
        .forEach(stage -> stages.put(stage.getKey(), stage.getValue().asDouble()));
    stages.put("inference", answer.inferenceMillis());
    socket
        .delivery(answer)
        .ifPresent(
            delivery -> {
              stages.put("store", delivery.path("store_ms").asDouble());
              stages.put("deliver", delivery.path("deliver_ms").asDouble());
            });
    return stages;
  }

  /** The share of the answers' age, including the model's latency, that the stages account for. */
  private double explained(
      List<AnswerSocket.SocketAnswer> answers, List<Map<String, Double>> stages) {
    double all = ages(answers).sum() + (double) answers.size() * StampModel.LATENCY.toMillis();
    double sum =
        stages.stream()
            .flatMap(each -> each.entrySet().stream())
            .filter(stage -> !NOT_OF_ITS_OWN.contains(stage.getKey()))
            .mapToDouble(Map.Entry::getValue)
            .sum();
    return sum / all;
  }

  /** One line with the median of each stage, and of the age when the question arrived. */
  private String medians(
      List<AnswerSocket.SocketAnswer> answers, List<Map<String, Double>> stages) {
    var names = new TreeSet<String>();
    stages.forEach(each -> names.addAll(each.keySet()));
    var line = new StringBuilder("Median of each stage, ms:");
    for (String name : names) {
      double[] times =
          stages.stream()
              .filter(each -> each.containsKey(name))
              .mapToDouble(each -> each.get(name))
              .sorted()
              .toArray();
      line.append(String.format(Locale.ROOT, " %s %.1f,", name, times[times.length / 2]));
    }
    double[] asked =
        answers.stream()
            .flatMapToDouble(
                answer ->
                    model.arrival(answer.number()).stream()
                        .mapToDouble(at -> (at - drawn[answer.number()]) / MILLION))
            .sorted()
            .toArray();
    return line.append(
            String.format(
                Locale.ROOT, " age when the model had the question %.1f", asked[asked.length / 2]))
        .toString();
  }

  /** Publishers of the same scene, each with its own session and its own client. */
  private final class Cameras implements AutoCloseable {
    private final List<Publisher> publishers = new ArrayList<>();
    private final List<AnswerSocket> sockets = new ArrayList<>();
    private final long offered;
    private final long accepted;

    Cameras(Peers peers, int streams) throws Exception {
      for (int i = 0; i < streams; i++) {
        publishers.add(peers.publisher(PeerListener.NONE));
      }
      List<String> offers = new ArrayList<>();
      for (Publisher publisher : publishers) {
        offers.add(publisher.offer());
      }
      offered = System.nanoTime();
      for (int i = 0; i < streams; i++) {
        HttpResponse<String> answer =
            http.send(
                HttpRequest.newBuilder(
                        URI.create(
                            service.address() + "/whip?prompt=Which+number%3F&backend=local"))
                    .header("Content-Type", "application/sdp")
                    .POST(BodyPublishers.ofString(offers.get(i)))
                    .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() != 201) {
          throw new IOException(answer.body());
        }
        publishers.get(i).accept(answer.body());
        String[] location = answer.headers().firstValue("Location").orElseThrow().split("/", -1);
        String session = location[location.length - 2];
        sockets.add(
            AnswerSocket.open(
                http,
                service.address().replace("http", "ws")
                    + "/ws/"
                    + session
                    + "?since=0&timings=true"));
      }
      accepted = System.nanoTime();
    }

    /**
     * Publishes until each stream has an answer.
     *
     * @return milliseconds from the offers to the first answer of the slowest stream, less the
     *     model's latency
     */
    double firstAnswer() throws IOException {
      long end = offered + TIMEOUT.toNanos();
      while (sockets.stream().anyMatch(socket -> socket.answers().isEmpty())) {
        if (System.nanoTime() > end) {
          throw new IOException("no answer within " + TIMEOUT);
        }
        play(Duration.ofMillis(100));
      }
      AnswerSocket.SocketAnswer slowest =
          sockets.stream()
              .map(socket -> socket.answers().getFirst())
              .max(Comparator.comparingLong(AnswerSocket.SocketAnswer::arrived))
              .orElseThrow();
      System.err.printf(
          Locale.ROOT,
          "First answers, ms after the offers: all offers answered %.0f, first picture of the slowest %.0f,"
              + " its question %.0f, its answer %.0f%n",
          (accepted - offered) / MILLION,
          (drawn[slowest.number()] - offered) / MILLION,
          (model.arrival(slowest.number()).orElse(offered) - offered) / MILLION,
          (slowest.arrived() - offered) / MILLION);
      return (slowest.arrived() - offered) / MILLION - StampModel.LATENCY.toMillis();
    }

    void play(Duration length) {
      long start = System.nanoTime();
      long pictures = length.toMillis() * FPS / 1000;
      for (int i = 0; i < pictures; i++) {
        long due = start + i * 1_000_000_000L / FPS;
        while (System.nanoTime() < due) {
          LockSupport.parkNanos(due - System.nanoTime());
        }
        int current = number++ & 0xffff;
        try (Frame picture = scene.picture(current)) {
          drawn[current] = System.nanoTime();
          publishers.forEach(publisher -> publisher.send(picture));
        }
      }
    }

    @Override
    public void close() {
      publishers.forEach(Publisher::close);
    }
  }
}
