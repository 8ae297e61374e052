package framewise.engine.folder;

import framewise.engine.cluster.Membership;
import framewise.engine.store.Database;
import framewise.engine.store.DiskSpace;
import framewise.engine.store.OwnerOnlyFiles;
import framewise.engine.store.UnusableDataException;
import framewise.engine.store.postgres.PostgresDatabase;
import framewise.engine.store.postgres.PostgresUrl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/** Opens the database of a data folder: an SQLite file in it, or one in PostgreSQL. */
public final class FolderDatabase {
  private FolderDatabase() {}

  /**
   * Opens the database for the service that owns the folder.
   *
   * @param postgres empty for an SQLite file
   * @param membership of this node, if several share the database
   * @throws UnusableDataException when its data is unusable
   */
  public static Database open(
      DataFolder folder, Optional<PostgresUrl> postgres, Optional<Membership> membership)
      throws IOException {
    if (postgres.isEmpty()) {
      return Database.open(folder.database(), folder.space());
    }
    Database database = node(folder, postgres.get(), membership);
    boolean fits = false;
    try {
      int videos = folder.videos().size();
      if (videos > 0 && hasNoSession(database)) {
        // The videos would be deleted as orphans.
        throw folder.files().isRemote()
            ? noSessionsOf(videos, postgres.get())
            : new UnusableDataException(
                "%s has %d videos but the database %s has no sessions. Copy them with ./framewise migrate, or move the folder videos away to start empty."
                    .formatted(folder.path(), videos, postgres.get().shown()));
      }
      fits = true;
      return database;
    } finally {
      if (!fits) {
        database.close();
      }
    }
  }

  /**
   * Opens the database of a service, even while it runs, for data other than sessions. Creates the
   * folder when it is missing.
   *
   * @param postgres empty for the SQLite file of the data folder
   */
  public static Database openBeside(Path data, Optional<PostgresUrl> postgres) {
    try {
      OwnerOnlyFiles.makeFolder(data);
      DiskSpace space = DiskSpace.of(data);
      return postgres
          .<Database>map(url -> PostgresDatabase.open(url, space))
          .orElseGet(() -> Database.open(DataFolder.database(data), space));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static UnusableDataException noSessionsOf(int videos, PostgresUrl postgres) {
    return new UnusableDataException(
        "The file store has %d videos but the database %s has no sessions. Use the database that belongs to them, or choose another prefix in FRAMEWISE_FILES to start empty."
            .formatted(videos, postgres.shown()));
  }

  private static Database node(
      DataFolder folder, PostgresUrl url, Optional<Membership> membership) {
    try {
      if (membership.isPresent()) {
        return PostgresDatabase.openShared(url, folder.space(), membership.get());
      }
      return PostgresDatabase.openNode(url, folder.space(), FolderOwner.address());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnusableDataException("The start was interrupted while waiting for another node.");
    }
  }

  private static boolean hasNoSession(Database database) {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT 1 FROM session LIMIT 1")
                .mapTo(Integer.class)
                .findFirst()
                .isEmpty());
  }
}
