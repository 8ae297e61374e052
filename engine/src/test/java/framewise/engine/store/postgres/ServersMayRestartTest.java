package framewise.engine.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import framewise.engine.Refusal;
import framewise.engine.RefusedException;
import framewise.engine.store.DiskSpace;
import framewise.testing.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An outage of the server loses no acknowledged data, and the nodes recover without a restart. */
class ServersMayRestartTest {
  private PostgresServer server;

  @TempDir Path folder;

  @BeforeEach
  void start() {
    server = PostgresServer.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aReadAfterARestartReconnects() throws Exception {
    try (PostgresDatabase database = open()) {
      database.write(handle -> handle.execute("CREATE TABLE t (n BIGINT PRIMARY KEY)"));
      assertThat(numbers(database)).isEmpty();
      server.kill();
      server.restart();
      assertThat(numbers(database)).isEmpty();
    }
  }

  @Test
  void anAppendWaitsForTheServer() throws Exception {
    try (PostgresDatabase database = open()) {
      database.write(handle -> handle.execute("CREATE TABLE t (n BIGINT PRIMARY KEY)"));
      server.stop();
      assertThatThrownBy(() -> database.write(handle -> handle.execute("INSERT INTO t VALUES (1)")))
          .isInstanceOfSatisfying(
              RefusedException.class,
              e -> {
                assertThat(e.refusal().code()).isEqualTo(Refusal.Code.DATABASE_UNAVAILABLE);
                assertThat(e.refusal().isStorage()).isTrue();
                assertThat(e.refusal().detail()).contains("can't be reached");
              });
      Thread appending = Thread.ofVirtual().start(() -> append(database, 2));
      server.restart();
      assertThat(appending.join(Duration.ofSeconds(30))).isTrue();
      assertThat(numbers(database)).containsExactly(2L);
    }
  }

  @Test
  void acknowledgedWritesSurviveKills() throws Exception {
    List<Long> acknowledged = Collections.synchronizedList(new ArrayList<>());
    try (PostgresDatabase database = open()) {
      database.write(
          handle -> handle.execute("CREATE TABLE IF NOT EXISTS t (n BIGINT PRIMARY KEY)"));
      Thread writing =
          Thread.ofVirtual()
              .start(
                  () -> {
                    for (long n = 1; n <= 300; n++) {
                      append(database, n);
                      acknowledged.add(n);
                    }
                  });
      for (int kill = 1; kill <= 3; kill++) {
        int least = kill * 50;
        Awaitility.await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> acknowledged.size() >= least || !writing.isAlive());
        server.kill();
        server.restart();
      }
      assertThat(writing.join(Duration.ofSeconds(60))).isTrue();
      // No event is lost, and none is stored twice if the response to a commit was lost.
      List<Long> all = LongStream.rangeClosed(1, 300).boxed().toList();
      assertThat(acknowledged).isEqualTo(all);
      assertThat(numbers(database)).isEqualTo(all);
    }
  }

  private PostgresDatabase open() throws InterruptedException {
    return PostgresDatabase.openNode(
        PostgresUrl.parse(server.newDatabase()).orElseThrow(), DiskSpace.of(folder), "test");
  }

  private static void append(PostgresDatabase database, long number) {
    database.append(
        handle -> handle.execute("INSERT INTO t VALUES (?)", number),
        handle ->
            handle
                    .createQuery("SELECT count(*) FROM t WHERE n = :n")
                    .bind("n", number)
                    .mapTo(Long.class)
                    .one()
                == 1,
        false);
  }

  private static List<Long> numbers(PostgresDatabase database) {
    return database.read(
        handle -> handle.createQuery("SELECT n FROM t ORDER BY n").mapTo(Long.class).list());
  }
}
