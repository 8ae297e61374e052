package framewise.engine.store;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import framewise.engine.store.postgres.PostgresDatabase;
import framewise.engine.store.postgres.PostgresUrl;
import framewise.testing.PostgresServer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The database of a test: an SQLite file, or PostgreSQL in classes with {@link OnPostgres}. The
 * same tests run on both that way.
 */
public final class TestDatabase implements BeforeEachCallback, AfterEachCallback {
  private static volatile boolean onPostgres;

  /** Databases in PostgreSQL of this test, by the data folder that they belong to. */
  private static final Map<Path, PostgresUrl> URLS = new HashMap<>();

  /** Opens the database of a folder, with its existing content. */
  public static Database open(Path folder) {
    DiskSpace space = DiskSpace.of(folder);
    return url(folder)
        .<Database>map(url -> PostgresDatabase.open(url, space))
        .orElseGet(() -> Database.open(folder.resolve("test.db"), space));
  }

  /** Address of a folder's database in PostgreSQL; empty for SQLite. */
  public static synchronized Optional<PostgresUrl> url(Path folder) {
    return onPostgres
        ? Optional.of(URLS.computeIfAbsent(folder, key -> newUrl()))
        : Optional.empty();
  }

  /** Address of a new database in PostgreSQL. */
  public static PostgresUrl newUrl() {
    return PostgresUrl.parse(PostgresServer.shared().newDatabase()).orElseThrow();
  }

  /** Skips the current test on PostgreSQL, because it is about files of SQLite. */
  public static void onlySqlite() {
    assumeTrue(!onPostgres, "about SQLite's files");
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    onPostgres = true;
  }

  @Override
  public void afterEach(ExtensionContext context) {
    onPostgres = false;
    synchronized (TestDatabase.class) {
      URLS.clear();
    }
  }
}
