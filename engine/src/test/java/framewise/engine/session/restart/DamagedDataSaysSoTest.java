package framewise.engine.session.restart;

import static framewise.engine.session.SessionFixture.fast;
import static framewise.engine.session.SessionFixture.results;
import static framewise.engine.session.SessionFixture.untilOver;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import framewise.engine.Refusal.Code;
import framewise.engine.RefusedException;
import framewise.engine.SessionId;
import framewise.engine.Status;
import framewise.engine.folder.DataFolderInUseException;
import framewise.engine.session.Session;
import framewise.engine.session.SessionFixture;
import framewise.engine.session.TestBackend;
import framewise.engine.store.UnusableDataException;
import framewise.time.WallClock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DamagedDataSaysSoTest {
  @TempDir Path folder;
  private final TestBackend backend =
      new TestBackend("builtin", 1, (clip, question) -> "clip " + clip.index());

  @Test
  void aFileThatIsNotADatabase() throws Exception {
    withSessions(2);
    try (var out = FileChannel.open(database(), StandardOpenOption.WRITE)) {
      out.write(ByteBuffer.wrap("nonsense nonsense".getBytes(StandardCharsets.US_ASCII)), 0);
    }
    assertUnusable("is damaged", "./framewise doctor");
  }

  @Test
  void aFolderOrAPipe() throws Exception {
    Path database = folder.resolve("data/framewise.db");
    Files.createDirectories(database);
    assertUnusable("framewise.db is not a file");
    Files.delete(database);
    new ProcessBuilder("mkfifo", database.toString()).start().waitFor();
    assertUnusable("framewise.db is not a file");
  }

  @Test
  void aTruncatedFile() throws Exception {
    withSessions(2);
    try (var out = FileChannel.open(database(), StandardOpenOption.WRITE)) {
      out.truncate(out.size() / 2);
    }
    assertUnusable("was cut off", "./framewise doctor");
  }

  @Test
  void aDatabaseOfANewerVersion() throws Exception {
    withSessions(1);
    sql("PRAGMA user_version = 4711");
    assertUnusable("newer version of Framewise", "4711");
  }

  @Test
  void videosWithoutADatabase() throws Exception {
    withSessions(2);
    Files.delete(database());
    assertUnusable("2 videos but no database", "doctor --repair");
    assertThat(folder.resolve("data/videos").toFile().list()).hasSize(2);
    Files.createFile(database());
    assertUnusable("2 videos but no database", "Restore a backup");
  }

  @Test
  void aBadRowLosesOnlyThatSession() throws Exception {
    SessionId bad = withSessions(2);
    sql("UPDATE session SET settings = '{\"prompt\":', video = 'no json' WHERE id = '" + bad + "'");
    try (var fixture = new SessionFixture(folder, WallClock.system(), backend)) {
      assertThat(fixture.sessions().list(0, 10)).hasSize(2);
      Session damaged = fixture.sessions().get(bad);
      assertThat(damaged.view().status()).isEqualTo(Status.FAILED);
      assertThat(damaged.view().reason().orElseThrow()).contains("damaged").contains("doctor");
      var refused =
          catchThrowableOfType(RefusedException.class, () -> damaged.start(fast("again")));
      assertThat(refused.refusal().code()).isEqualTo(Code.SESSION_DAMAGED);
      assertThat(results(untilOver(damaged))).isNotEmpty();
      fixture.sessions().delete(bad);
      assertThat(fixture.sessions().count()).isEqualTo(1);
    }
  }

  @Test
  void aBadStreamingRowDoesNotBlockTheStart() throws Exception {
    SessionId bad = withSessions(2);
    sql("UPDATE session SET settings = 'x', status = 'streaming' WHERE id = '" + bad + "'");
    sql("UPDATE session SET id = 'no-uuid' WHERE id <> '" + bad + "'", "PRAGMA foreign_keys = off");
    try (var fixture = new SessionFixture(folder, WallClock.system(), backend)) {
      assertThat(fixture.sessions().list(0, 10)).hasSize(1);
    }
  }

  @Test
  void aBadEventLosesOnlyThatEvent() throws Exception {
    SessionId id = withSessions(1);
    sql("UPDATE event SET packed = x'00ff' WHERE type = 'result' AND seq = 4");
    try (var fixture = new SessionFixture(folder, WallClock.system(), backend)) {
      var events = untilOver(fixture.sessions().get(id));
      assertThat(results(events)).hasSize(3);
      assertThat(events)
          .filteredOn(event -> event.at("/error/code").asText().equals("damaged"))
          .hasSize(1);
    }
  }

  @Test
  void theLockFileMayBeDeleted() throws Exception {
    try (var fixture = new SessionFixture(folder, WallClock.system(), backend)) {
      Files.delete(folder.resolve("data/framewise.lock"));
      assertThatThrownBy(() -> new SessionFixture(folder, WallClock.system(), backend).close())
          .isInstanceOf(DataFolderInUseException.class);
      assertThat(fixture.sessions().count()).isZero();
    }
  }

  private SessionId withSessions(int count) throws Exception {
    try (var fixture = new SessionFixture(folder, WallClock.system(), backend)) {
      Session last = fixture.upload(3);
      for (int i = 1; i < count; i++) {
        last = fixture.upload(3);
      }
      last.start(fast("which?"));
      untilOver(last);
      return last.id();
    }
  }

  private void assertUnusable(String... words) {
    assertThatThrownBy(() -> new SessionFixture(folder, WallClock.system(), backend).close())
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContainingAll(words);
  }

  private Path database() {
    return folder.resolve("data/framewise.db");
  }

  private void sql(String change, String... before) throws SQLException, IOException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + database());
        var statement = connection.createStatement()) {
      for (String first : before) {
        statement.execute(first);
      }
      statement.execute(change);
    }
  }
}
