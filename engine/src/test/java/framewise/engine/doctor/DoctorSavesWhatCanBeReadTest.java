package framewise.engine.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.engine.SessionId;
import framewise.engine.Status;
import framewise.engine.session.restart.DataFolders;
import framewise.engine.store.OfflineDatabase;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DoctorSavesWhatCanBeReadTest {
  private static final int PAGE = 4_096;

  @TempDir Path folder;

  @Test
  void aHealthyFolderHasNoFindings() throws Exception {
    DataFolders.make(folder, 1);
    assertThat(doctor().examine()).isEmpty();
    assertThat(doctor().repair()).isEmpty();
    assertThat(oldDatabases()).isEmpty();
  }

  @Test
  void aFolderOrAPipeIsNoDatabase() throws Exception {
    DataFolders.make(folder, 1);
    Files.delete(database());
    Files.createDirectory(database());
    assertThat(doctor().examine().getFirst().what()).contains("framewise.db is not a file");
    assertThat(doctor().repair()).isEmpty();
    Files.delete(database());
    new ProcessBuilder("mkfifo", database().toString()).start().waitFor();
    assertThat(doctor().examine().getFirst().what()).contains("framewise.db is not a file");
    assertThat(doctor().repair()).isEmpty();
  }

  @Test
  void withoutADatabaseEachVideoGetsASession() throws Exception {
    List<SessionId> ids = DataFolders.make(folder, 2);
    Files.delete(database());
    assertThat(doctor().examine().getFirst().what()).isEqualTo("2 videos but no database.");
    doctor().repair();
    DataFolders.look(
        folder,
        sessions -> {
          assertThat(sessions.list(0, 10)).hasSize(2);
          var view = sessions.get(ids.getFirst()).view();
          assertThat(view.status()).isEqualTo(Status.UPLOADED);
          assertThat(view.video().orElseThrow().width()).isPositive();
        });
  }

  @Test
  void aTruncatedDatabaseKeepsTheVideos() throws Exception {
    DataFolders.make(folder, 2);
    try (var file = FileChannel.open(database(), StandardOpenOption.WRITE)) {
      file.truncate(PAGE * 3L);
    }
    assertThat(doctor().examine().getFirst().what()).contains("damaged").contains("cut off");
    doctor().repair();
    assertThat(doctor().examine()).isEmpty();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(database())))
        .isEqualTo("rw-------");
    DataFolders.look(folder, sessions -> assertThat(sessions.list(0, 10)).hasSize(2));
    assertThat(oldDatabases()).hasSize(1);
  }

  @Test
  void aDamagedPageLosesOnlyItself() throws Exception {
    List<SessionId> ids = DataFolders.make(folder, 3);
    OfflineDatabase.execute(
        database(),
        """
            WITH RECURSIVE n (i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n WHERE i < 9000)
            INSERT INTO event (session_id, seq, run, type, json)
            SELECT '%s', i, 1, 'status', json_object('type', 'status', 'seq', i, 'detail', hex(randomblob(60)))
            FROM n

            """
            .formatted(ids.get(1)));
    OfflineDatabase.execute(database(), "PRAGMA wal_checkpoint(TRUNCATE)");
    long before = events();
    long page =
        Long.parseLong(
            OfflineDatabase.strings(
                    database(),
                    "SELECT pageno FROM dbstat WHERE name = 'event' AND pagetype = 'leaf' ORDER BY path LIMIT 1 OFFSET 40")
                .getFirst());
    try (var file = FileChannel.open(database(), StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.allocate(PAGE), (page - 1) * PAGE);
    }
    assertThat(doctor().examine()).isNotEmpty();
    doctor().repair();
    assertThat(doctor().examine()).isEmpty();
    assertThat(events()).isLessThan(before).isGreaterThan(before - 100);
    DataFolders.look(
        folder,
        sessions -> {
          assertThat(sessions.list(0, 10)).hasSize(3);
          assertThat(sessions.get(ids.getFirst()).log().resultsAfter(0, 10)).hasSize(3);
          assertThat(sessions.get(ids.getLast()).log().resultsAfter(0, 10)).hasSize(3);
        });
  }

  @Test
  void aBadRowIsRebuiltFromItsVideo() throws Exception {
    SessionId id = DataFolders.make(folder, 1).getFirst();
    OfflineDatabase.execute(database(), "UPDATE session SET settings = '{', video = '?'");
    assertThat(doctor().examine().getFirst().what()).contains("records of 1 sessions");
    doctor().repair();
    assertThat(doctor().examine()).isEmpty();
    DataFolders.look(
        folder,
        sessions -> {
          assertThat(sessions.get(id).view().reason().orElseThrow()).contains("repaired");
          assertThat(sessions.get(id).view().video()).isPresent();
          assertThat(sessions.get(id).log().resultsAfter(0, 10)).hasSize(3);
        });
  }

  private Doctor doctor() {
    return new Doctor(folder.resolve("data"), Optional.empty());
  }

  private Path database() {
    return folder.resolve("data/framewise.db");
  }

  private long events() throws Exception {
    return Long.parseLong(
        OfflineDatabase.strings(database(), "SELECT count(*) FROM event").getFirst());
  }

  private List<Path> oldDatabases() throws IOException {
    try (var files = Files.list(folder.resolve("data"))) {
      return files.filter(file -> file.toString().contains("framewise.db.old-")).toList();
    }
  }
}
