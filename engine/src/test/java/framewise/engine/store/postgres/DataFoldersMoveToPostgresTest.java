package framewise.engine.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import framewise.engine.SessionId;
import framewise.engine.SlotPool;
import framewise.engine.notice.NewNotice;
import framewise.engine.result.LoggedEvent;
import framewise.engine.search.AnswerFilter;
import framewise.engine.search.SearchPage;
import framewise.engine.search.SearchQuery;
import framewise.engine.session.Sessions;
import framewise.engine.session.restart.DataFolders;
import framewise.engine.store.DiskSpace;
import framewise.engine.store.OfflineDatabase;
import framewise.engine.store.TestDatabase;
import framewise.engine.store.UnusableDataException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFoldersMoveToPostgresTest {
  private static final String ORPHAN =
      "INSERT INTO tally (session_id, last_seq, run, run_start, results, failed, at)"
          + " VALUES ('gone', 1, 1, 1, 0, 0, 0)";

  @TempDir Path folder;

  @Test
  void theMoveIsAllOrNothing() throws Exception {
    List<SessionId> ids = DataFolders.make(folder, 2);
    List<LoggedEvent> before = new ArrayList<>();
    DataFolders.look(folder, sessions -> before.addAll(events(sessions, ids)));
    Path file = folder.resolve("data/framewise.db");
    PostgresUrl url = TestDatabase.newUrl();

    // A row without its parent makes the copy fail at the end of a table; all of it is rolled back.
    OfflineDatabase.execute(file, "PRAGMA foreign_keys = off", ORPHAN);
    assertThatThrownBy(() -> run(file, url))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("doctor --repair")
        .hasMessageContaining("Nothing was copied");
    assertThat(rows(url, "session")).isZero();
    OfflineDatabase.execute(file, "DELETE FROM tally WHERE session_id = 'gone'");

    Map<String, Long> copied = run(file, url);
    assertThat(copied).containsEntry("session", 2L).containsEntry("event", (long) before.size());
    assertThat(copied.get("notice")).isPositive();

    assertThatThrownBy(() -> run(file, url))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("isn't empty: its table session has 2 rows");

    DataFolders.look(
        folder,
        url,
        sessions -> {
          assertThat(events(sessions, ids)).isEqualTo(before);
          // The search index is not copied: the service builds it, as after an interrupted command.
          Awaitility.await().until(() -> found(sessions) == 2);
          // New numbers continue after the copied ones.
          assertThat(sessions.notices().add(notice())).isGreaterThan(copied.get("notice"));
        });
  }

  @Test
  void anOlderFolderIsMigratedFirst() throws Exception {
    DataFolders.make(folder, 1);
    Path file = folder.resolve("data/framewise.db");
    OfflineDatabase.execute(file, "PRAGMA user_version = 7");
    assertThatThrownBy(() -> run(file, TestDatabase.newUrl()))
        .hasMessageContaining("schema 7")
        .hasMessageContaining("Start this version on the folder once");
  }

  @Test
  void aServiceRefusesAnEmptyDatabaseForAFolderWithVideos() throws Exception {
    DataFolders.make(folder, 1);
    assertThatThrownBy(() -> DataFolders.look(folder, TestDatabase.newUrl(), sessions -> {}))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("has 1 videos but the database")
        .hasMessageContaining("./framewise migrate");
  }

  @Test
  void textIsEscaped() {
    assertThat(CopyText.value("a\tb\nc\rd\\e")).isEqualTo("a\\tb\\nc\\rd\\\\e");
    assertThat(CopyText.value("\\N")).isEqualTo("\\\\N");
    assertThat(CopyText.value("a\0b")).isEqualTo("a\uFFFDb");
    assertThat(CopyText.value(new byte[] {0, -1})).isEqualTo("\\\\x00ff");
    assertThat(CopyText.value(null)).isEqualTo("\\N");
  }

  private static Map<String, Long> run(Path file, PostgresUrl url) {
    return new Migration(file, url).run((table, rows) -> {});
  }

  private long rows(PostgresUrl url, String table) {
    try (var database = PostgresDatabase.open(url, DiskSpace.of(folder))) {
      return database.read(
          handle -> handle.createQuery("SELECT count(*) FROM " + table).mapTo(Long.class).one());
    }
  }

  private static List<LoggedEvent> events(Sessions sessions, List<SessionId> ids) {
    return ids.stream().flatMap(id -> sessions.get(id).log().after(0, 1_000).stream()).toList();
  }

  private static long found(Sessions sessions) throws InterruptedException {
    SearchPage page =
        sessions
            .search()
            .find(
                SlotPool.ALONE,
                SearchQuery.parse("\"clip 1\""),
                AnswerFilter.ALL,
                Optional.empty(),
                0,
                10,
                5);
    return page.total();
  }

  private static NewNotice notice() {
    return new NewNotice(
        "test.ping", Instant.EPOCH, Optional.empty(), "test", "{}", Optional.empty());
  }
}
