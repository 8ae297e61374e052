package framewise.bench.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.testing.PostgresServer;
import framewise.testing.RtspCamera;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Kills the owner of a session again and again while RTSP cameras and files stream on three nodes,
 * and checks every log and every subscriber at the end.
 */
final class OwnerKills {
  private static final int NODES = 3;
  private static final int CAMERAS = 3;
  private static final int FILES = 3;

  private static final String START =
      "{\"prompt\":\"What happens?\",\"backend\":\"local\",\"pace\":\"realtime\",\"delay_seconds\":0.5}";

  /**
   * The wait between two kills. Framewise stops a session if several nodes in a row die within ten
   * seconds of taking it over, because the session may be the cause.
   */
  private static final Duration KILL_INTERVAL = Duration.ofSeconds(11);

  private static final int SPREAD_MS = 3_000;
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

  private final Path folder;
  private final Random random;
  private final Consumer<String> progress;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Session> sessions = new ArrayList<>();
  private final List<Move> moves = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();

  /**
   * @param seed determines which nodes are killed, and when
   * @param progress receives a line for each kill
   */
  OwnerKills(Path folder, long seed, Consumer<String> progress) {
    this.folder = folder;
    this.random = new Random(seed);
    this.progress = progress;
  }

  private record Session(String id, String kind, List<NodeSubscriber> subscribers) {}

  /**
   * The failover of a session from a killed node to another one; times are nanoseconds since the
   * kill.
   *
   * @param resumed until the last subscriber had received the event {@code resumed_on}
   * @param answered until the last subscriber had received the next result
   */
  private record Move(String kind, long resumed, long answered) {}

  /**
   * Outcome of all kills.
   *
   * @param table lines of Markdown
   * @param faults one sentence for each fault; empty if there was none
   */
  record Outcome(List<String> table, List<String> faults) {
    Outcome {
      table = List.copyOf(table);
      faults = List.copyOf(faults);
    }
  }

  Outcome run(int kills) throws IOException, InterruptedException {
    try (var postgres = PostgresServer.start("fsync=on");
        var camera = RtspCamera.open(folder);
        var model = new ConstantModel(Duration.ofMillis(100));
        var nodes = new BenchNodes(folder, postgres.newDatabase(), NODES, model.settings())) {
      Path film = LongFilm.in(folder);
      for (int i = 0; i < CAMERAS; i++) {
        String made =
            nodes
                .process(i % NODES)
                .post("/sessions", "{\"url\":\"%s\"}".formatted(camera.url("", "/cam")))
                .path("session_id")
                .asText();
        JsonNode _ = nodes.process(i % NODES).post("/start-stream/" + made, START);
        follow(nodes, made, "RTSP camera");
      }
      for (int i = 0; i < FILES; i++) {
        follow(nodes, nodes.process(i % NODES).stream(film, START), "file");
      }
      for (Session session : sessions) {
        await(session, "a first result", s -> everyoneHas(s, 0, NodeSubscriber.Received::isResult));
      }
      for (int kill = 0; kill < kills && faults.isEmpty(); kill++) {
        kill(nodes, kill);
      }
      check();
      return outcome(kills);
    } finally {
      sessions.forEach(session -> session.subscribers().forEach(NodeSubscriber::close));
      http.shutdownNow();
    }
  }

  private void follow(BenchNodes nodes, String id, String kind) {
    List<NodeSubscriber> subscribers =
        IntStream.range(0, NODES).mapToObj(i -> new NodeSubscriber(http, nodes, id, i)).toList();
    sessions.add(new Session(id, kind, subscribers));
  }

  private void kill(BenchNodes nodes, int kill) throws IOException, InterruptedException {
    Thread.sleep(random.nextInt(SPREAD_MS));
    int victim = nodes.owner(sessions.get(random.nextInt(sessions.size())).id());
    List<Session> moved = new ArrayList<>();
    for (Session session : sessions) {
      if (nodes.owner(session.id()) == victim) {
        moved.add(session);
      }
    }
    long killedAt = System.nanoTime();
    nodes.kill(victim);
    List<Move> now = new ArrayList<>();
    for (Session session : moved) {
      Optional<Move> move = await(session, "a result after a kill", s -> move(s, killedAt));
      move.ifPresent(now::add);
    }
    moves.addAll(now);
    progress.accept(
        "kill %d: node %d with %d sessions; next results after %s ms"
            .formatted(
                kill + 1,
                victim,
                moved.size(),
                now.stream().map(move -> move.answered() / 1_000_000).sorted().toList()));
    nodes.start(victim);
    Thread.sleep(KILL_INTERVAL);
  }

  /**
   * The failover of a session after a kill; empty while a subscriber still waits for the next
   * result.
   */
  private static Optional<Move> move(Session session, long killedAt) {
    long resumed = 0;
    long answered = 0;
    for (NodeSubscriber subscriber : session.subscribers()) {
      List<NodeSubscriber.Received> after =
          subscriber.received().stream().filter(event -> event.arrived() > killedAt).toList();
      Optional<NodeSubscriber.Received> moved =
          after.stream().filter(event -> event.type().equals("resumed_on")).findFirst();
      Optional<NodeSubscriber.Received> result =
          moved.flatMap(
              from ->
                  after.stream()
                      .filter(event -> event.isResult() && event.seq() > from.seq())
                      .findFirst());
      if (moved.isEmpty() || result.isEmpty()) {
        return Optional.empty();
      }
      resumed = Math.max(resumed, moved.get().arrived() - killedAt);
      answered = Math.max(answered, result.get().arrived() - killedAt);
    }
    return Optional.of(new Move(session.kind(), resumed, answered));
  }

  private static Optional<Boolean> everyoneHas(
      Session session, long since, Predicate<NodeSubscriber.Received> what) {
    boolean all =
        session.subscribers().stream()
            .allMatch(
                subscriber ->
                    subscriber.received().stream()
                        .anyMatch(event -> event.seq() > since && what.test(event)));
    return all ? Optional.of(true) : Optional.empty();
  }

  private <T> Optional<T> await(Session session, String what, Function<Session, Optional<T>> look)
      throws InterruptedException {
    long end = System.nanoTime() + TIMEOUT.toNanos();
    Optional<T> found = look.apply(session);
    while (found.isEmpty()) {
      if (System.nanoTime() > end) {
        faults.add(
            "session %s (%s) has not got %s within %d s"
                .formatted(session.id(), session.kind(), what, TIMEOUT.toSeconds()));
        return Optional.empty();
      }
      Thread.sleep(POLL_INTERVAL);
      found = look.apply(session);
    }
    return found;
  }

  /** Waits until all subscribers are up to date, and checks what each received. */
  private void check() throws InterruptedException {
    for (Session session : sessions) {
      long last =
          session.subscribers().stream()
              .mapToLong(subscriber -> subscriber.received().getLast().seq())
              .max()
              .orElseThrow();
      Optional<Boolean> _ =
          await(session, "event " + last, s -> everyoneHas(s, last - 1, event -> true));
      for (NodeSubscriber subscriber : session.subscribers()) {
        requireEveryEventOnce(session, subscriber.received());
      }
      if (session.kind().equals("file")) {
        requireEveryClipOnce(session);
      }
    }
  }

  private void requireEveryEventOnce(Session session, List<NodeSubscriber.Received> events) {
    Map<Long, Integer> times = new HashMap<>();
    events.forEach(event -> times.merge(event.seq(), 1, Integer::sum));
    long gaps = events.getLast().seq() - times.size();
    long doubles = times.values().stream().filter(count -> count > 1).count();
    if (gaps > 0 || doubles > 0) {
      faults.add(
          "a subscriber of session %s (%s) missed %d events and got %d twice"
              .formatted(session.id(), session.kind(), gaps, doubles));
    }
  }

  private void requireEveryClipOnce(Session session) {
    long before = -1;
    for (NodeSubscriber.Received event : session.subscribers().getFirst().received()) {
      if (event.isResult()) {
        long clip = event.event().at("/clip/index").asLong();
        if (clip <= before) {
          faults.add("session %s has clip %d after clip %d".formatted(session.id(), clip, before));
        }
        before = clip;
      }
    }
  }

  private Outcome outcome(int kills) {
    List<String> table = new ArrayList<>();
    long events =
        sessions.stream()
            .mapToLong(session -> session.subscribers().getFirst().received().size())
            .sum();
    table.add(
        "%d kills, %d sessions moved, %d events in %d logs, %d subscribers, %d faults"
            .formatted(
                kills,
                moves.size(),
                events,
                sessions.size(),
                sessions.size() * NODES,
                faults.size()));
    table.add("| from the kill to, in ms | moves | median | p95 | range |");
    table.add("|---|---|---|---|---|");
    for (String kind : List.of("RTSP camera", "file")) {
      List<Move> some = moves.stream().filter(move -> move.kind().equals(kind)).toList();
      table.add(row(kind + ": `resumed_on`", some.stream().map(Move::resumed).toList()));
      table.add(row(kind + ": next result", some.stream().map(Move::answered).toList()));
    }
    table.add(row("all: next result", moves.stream().map(Move::answered).toList()));
    return new Outcome(table, faults);
  }

  private static String row(String what, List<Long> nanos) {
    long[] ms = nanos.stream().mapToLong(each -> each / 1_000_000).sorted().toArray();
    return ms.length == 0
        ? "| %s | 0 | | | |".formatted(what)
        : "| %s | %d | %d | %d | %d to %d |"
            .formatted(
                what,
                ms.length,
                ms[ms.length / 2],
                ms[(int) Math.ceil(ms.length * 0.95) - 1],
                ms[0],
                ms[ms.length - 1]);
  }
}
