package framewise.engine.session.restart;

import static framewise.engine.session.SessionFixture.fast;
import static framewise.engine.session.SessionFixture.next;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import framewise.engine.SessionId;
import framewise.engine.Status;
import framewise.engine.session.Session;
import framewise.engine.session.SessionFixture;
import framewise.engine.session.TestBackend;
import framewise.time.WallClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class CrashLoopEndsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;
  private final Semaphore mayAnswer = new Semaphore(1);
  private final TestBackend backend =
      new TestBackend(
          "builtin",
          1,
          (clip, question) -> {
            mayAnswer.acquire();
            return "clip " + clip.index();
          });

  @Test
  void aSessionInTwoCrashesInARowIsNotResumed() throws Exception {
    SessionId id = streamAndCrash("first");
    try (var fixture = open("first")) {
      assertStreaming(fixture, id);
      crash("first", "second");
    }
    try (var fixture = open("second")) {
      Session session = fixture.sessions().get(id);
      assertThat(session.view().status()).isEqualTo(Status.STOPPED);
      assertThat(session.view().reason().orElseThrow())
          .startsWith("Not resumed: Framewise ended unexpectedly 2 times in a row")
          .contains("Start it again");
      assertThat(fixture.sessions().active()).isZero();

      session.start(fast("again"));
      crash("second", "third");
    }
    try (var fixture = open("third")) {
      assertStreaming(fixture, id);
    }
  }

  @Test
  void aCleanStopResetsTheCount() throws Exception {
    SessionId id = streamAndCrash("first");
    try (var fixture = open("first")) {
      assertStreaming(fixture, id);
    }
    try (var fixture = open("first")) {
      assertStreaming(fixture, id);
      crash("first", "second");
    }
    try (var fixture = open("second")) {
      assertStreaming(fixture, id);
    }
  }

  private SessionId streamAndCrash(String to) throws Exception {
    try (var fixture = open("start")) {
      Session session = fixture.upload(6);
      var tap = session.log().tap(0);
      session.start(fast("which?"));
      next(tap, "result");
      crash("start", to);
      return session.id();
    }
  }

  private static void assertStreaming(SessionFixture fixture, SessionId id) throws Exception {
    await().atMost(PATIENCE).until(() -> fixture.sessions().get(id).isRunning());
    assertThat(fixture.sessions().get(id).view().status()).isEqualTo(Status.STREAMING);
  }

  private SessionFixture open(String name) {
    return new SessionFixture(folder.resolve(name), WallClock.system(), backend);
  }

  /** Copies the files in their current state, as a kill leaves them after the process has died. */
  private void crash(String from, String to) throws IOException, SQLException {
    Path source = folder.resolve(from).resolve("data");
    Path target = folder.resolve(to).resolve("data");
    try (Stream<Path> files = Files.walk(source)) {
      List<Path> all = files.filter(file -> !file.toString().endsWith("-shm")).toList();
      for (Path file : all) {
        Path copy = target.resolve(source.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
    try (var connection =
            DriverManager.getConnection("jdbc:sqlite:" + target.resolve("framewise.db"));
        var statement = connection.createStatement()) {
      statement.execute("UPDATE owner SET pid = 999999999");
    }
  }
}
