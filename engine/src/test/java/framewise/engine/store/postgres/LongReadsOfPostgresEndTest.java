package framewise.engine.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.engine.store.Database;
import framewise.engine.store.DiskSpace;
import framewise.testing.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A search must not occupy the server for minutes. */
@Timeout(60)
class LongReadsOfPostgresEndTest {
  @TempDir Path folder;

  @Test
  void atTheirLimit() {
    try (Database database =
        PostgresDatabase.open(
            PostgresUrl.parse(PostgresServer.shared().newDatabase()).orElseThrow(),
            DiskSpace.of(folder))) {
      assertThat(sleep(database, Duration.ofSeconds(1), 50)).isEmpty();
      assertThat(sleep(database, Duration.ofSeconds(50), 0)).contains(1);
      assertThat(database.damage()).isEmpty();
    }
  }

  private static Optional<Integer> sleep(Database database, Duration limit, int seconds) {
    return database.read(
        limit,
        handle ->
            handle
                .createQuery("SELECT 1 FROM pg_sleep(:seconds)")
                .bind("seconds", seconds)
                .mapTo(int.class)
                .one());
  }
}
