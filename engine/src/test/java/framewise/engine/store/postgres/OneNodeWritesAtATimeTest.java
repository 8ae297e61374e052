package framewise.engine.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import framewise.engine.Refusal.Code;
import framewise.engine.RefusedException;
import framewise.engine.SessionId;
import framewise.engine.Status;
import framewise.engine.result.Event;
import framewise.engine.result.LoggedEvent;
import framewise.engine.result.ResultLog;
import framewise.engine.store.DiskSpace;
import framewise.engine.store.TestDatabase;
import framewise.time.WallClock;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two nodes on one database: whatever happens to one of them, the log has no gaps and no
 * duplicates.
 */
@Timeout(180)
class OneNodeWritesAtATimeTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private final PostgresUrl url = TestDatabase.newUrl();
  private final SessionId session = SessionId.random();

  @BeforeEach
  void makeSession() {
    try (var database = PostgresDatabase.open(url, DiskSpace.of(folder))) {
      database.write(
          handle ->
              handle.execute(
                  """
                  INSERT INTO session (id, filename, file_size, video, created_at, status, dropped)
                  VALUES (?, 'a.mp4', 1, '{}', 0, 'streaming', 0)
                  """,
                  session.toString()));
    }
  }

  @Test
  void aKilledNodeIsReplacedAndLosesNothing() throws Exception {
    List<Long> acknowledged = new ArrayList<>();
    Node active = new Node("node-0");
    try {
      for (int kill = 1; kill <= 3; kill++) {
        active.appended(acknowledged, 20);
        try (var next = new Node("node-" + kill)) {
          assertThat(next.line()).isEqualTo("standing by");
          active.process.destroyForcibly().waitFor();
          active.rest(acknowledged);
          long before = System.nanoTime();
          next.appended(acknowledged, 5);
          assertThat(Duration.ofNanos(System.nanoTime() - before))
              .as("without a node")
              .isLessThan(Duration.ofSeconds(60));
          next.process.destroyForcibly().waitFor();
          next.rest(acknowledged);
        }
        active = new Node("node-0" + kill);
      }
    } finally {
      active.close();
    }
    requireWhole(acknowledged);
  }

  @Test
  void aNodeThatWasPausedWritesNothing() throws Exception {
    List<Long> acknowledged = new ArrayList<>();
    try (var paused = new Node("paused")) {
      paused.appended(acknowledged, 20);
      try (var next = new Node("next")) {
        assertThat(next.line()).isEqualTo("standing by");
        signal("STOP", paused.process);
        next.appended(acknowledged, 20);
        signal("CONT", paused.process);
        assertThat(paused.process.waitFor(60, TimeUnit.SECONDS)).as("it ends").isTrue();
        List<String> last = paused.rest(acknowledged);
        assertThat(last).last().asString().isEqualTo("refused " + Code.TAKEN_OVER);
        next.appended(acknowledged, 20);
        next.process.destroyForcibly().waitFor();
        next.rest(acknowledged);
      }
    }
    List<String> authors = requireWhole(acknowledged);
    assertThat(authors.lastIndexOf("paused"))
        .as("the paused node's last event is before the other's first")
        .isLessThan(authors.indexOf("next"));
  }

  @Test
  void aFormerNodeWritesNothingElse() throws Exception {
    try (var former = PostgresDatabase.openNode(url, DiskSpace.of(folder), "former")) {
      var log = new ResultLog(session, former, WallClock.system());
      // Simulates a pause of the process that lasts longer than its lease.
      former.write(handle -> handle.execute("DELETE FROM node"));
      try (var next = PostgresDatabase.openNode(url, DiskSpace.of(folder), "next")) {
        assertThatThrownBy(
                () -> former.write(handle -> handle.execute("UPDATE session SET name = 'x'")))
            .isInstanceOfSatisfying(
                RefusedException.class,
                e -> assertThat(e.refusal().code()).isEqualTo(Code.TAKEN_OVER));
        assertThat(former.damage()).isPresent();
        log.startRun();
        assertThatThrownBy(
                () -> log.append(new Event.StatusChanged(Status.STREAMING, Optional.empty())))
            .isInstanceOf(RefusedException.class);
        assertThat(next.damage()).isEmpty();
        next.write(handle -> handle.execute("UPDATE session SET name = 'y'"));
        String name =
            next.read(
                handle -> handle.createQuery("SELECT name FROM session").mapTo(String.class).one());
        assertThat(name).isEqualTo("y");
      }
    }
  }

  @Test
  void aCleanStopLetsTheNextTakeOverAtOnce() throws Exception {
    PostgresDatabase.openNode(url, DiskSpace.of(folder), "first").close();
    try (var next = PostgresDatabase.openNode(url, DiskSpace.of(folder), "next")) {
      long nodes =
          next.read(
              handle -> handle.createQuery("SELECT count(*) FROM node").mapTo(Long.class).one());
      assertThat(nodes).isEqualTo(1);
    }
  }

  /**
   * Checks that the log has the numbers 1…n and all acknowledged events; returns the writer of each
   * event.
   */
  private List<String> requireWhole(List<Long> acknowledged) {
    try (var database = PostgresDatabase.open(url, DiskSpace.of(folder))) {
      List<LoggedEvent> events =
          new ResultLog(session, database, WallClock.system()).after(0, 100_000);
      assertThat(events)
          .extracting(LoggedEvent::seq)
          .containsExactlyElementsOf(LongStream.rangeClosed(1, events.size()).boxed().toList());
      assertThat(acknowledged).doesNotHaveDuplicates();
      assertThat(events).extracting(LoggedEvent::seq).containsAll(acknowledged);
      return events.stream().map(OneNodeWritesAtATimeTest::author).toList();
    }
  }

  private static String author(LoggedEvent event) {
    try {
      return JSON.readTree(event.json()).path("detail").asText();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void signal(String name, Process process) throws Exception {
    assertThat(
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor())
        .isZero();
  }

  /** A process of {@link NodeProcess}. */
  private final class Node implements AutoCloseable {
    final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Thread reading;

    Node(String name) throws IOException {
      process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  NodeProcess.class.getName(),
                  name,
                  "postgresql://%s:%s@%s"
                      .formatted(
                          url.user(),
                          URLEncoder.encode(
                              url.password().orElseThrow().reveal(), StandardCharsets.UTF_8),
                          url.shown()),
                  session.toString(),
                  folder.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      reading =
          Thread.ofVirtual()
              .start(() -> process.inputReader(StandardCharsets.UTF_8).lines().forEach(lines::add));
    }

    String line() throws InterruptedException {
      String line = lines.poll(60, TimeUnit.SECONDS);
      assertThat(line).as("a line of the node").isNotNull();
      return String.valueOf(line);
    }

    /** Waits until it has appended this many more events. */
    void appended(List<Long> acknowledged, int count) throws InterruptedException {
      int left = count;
      while (left > 0) {
        String line = line();
        if (!line.startsWith("standing")) {
          acknowledged.add(Long.parseLong(line));
          left--;
        }
      }
    }

    /** Its output until its end. */
    List<String> rest(List<Long> acknowledged) throws InterruptedException {
      reading.join();
      List<String> all = new ArrayList<>();
      lines.drainTo(all);
      all.stream()
          .filter(line -> line.matches("[0-9]+"))
          .map(Long::parseLong)
          .forEach(acknowledged::add);
      return all;
    }

    @Override
    public void close() {
      process.destroyForcibly().onExit().join();
    }
  }
}
