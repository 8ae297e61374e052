package framewise.server.command;

import framewise.engine.folder.DataFolder;
import framewise.engine.folder.FolderLock;
import framewise.engine.result.IndexBacklog;
import framewise.engine.store.Database;
import framewise.engine.store.DiskSpace;
import framewise.engine.store.postgres.Migration;
import framewise.engine.store.postgres.PostgresDatabase;
import framewise.engine.store.postgres.PostgresUrl;
import framewise.server.config.Setting;
import framewise.server.config.Settings;
import framewise.server.config.SettingsException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Copies the SQLite database of a data folder into PostgreSQL. */
@Command(
    name = "migrate",
    mixinStandardHelpOptions = true,
    versionProvider = VersionLine.class,
    description = {
      "Copies the database of a data folder into an empty PostgreSQL database, and compares the",
      "counts. Stop Framewise first. The folder's database is only read. After a failure PostgreSQL",
      "has nothing of it, and you can run the command again. Videos and pictures stay in the folder.",
      "",
      "Set FRAMEWISE_DATABASE=postgresql://user:password@host/database, here and for the service."
    })
public final class MigrateCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Mixin private final DataOption data = new DataOption();

  @Option(
      names = "--to",
      paramLabel = "URL",
      description =
          "the target database (default: FRAMEWISE_DATABASE); other users can see it while the command runs")
  private @Nullable String target;

  @Override
  public Integer call() throws IOException, SettingsException, BadOptionException {
    if (spec == null) {
      throw new IllegalStateException("the parser sets this");
    }
    Settings settings =
        data.settings(target == null ? Map.of() : Map.of(Setting.FRAMEWISE_DATABASE, target));
    PostgresUrl url =
        settings
            .database()
            .orElseThrow(
                () ->
                    new BadOptionException(
                        "Set FRAMEWISE_DATABASE to the target database, such as"
                            + " postgresql://user:password@host/database."));
    if (!Database.isThere(DataFolder.database(settings.data()))) {
      throw new BadOptionException(
          "There is no database in the data folder %s.".formatted(settings.data()));
    }
    copy(settings.data(), url, spec.commandLine().getOut());
    return 0;
  }

  private static void copy(Path folder, PostgresUrl url, PrintWriter out) throws IOException {
    try (FolderLock _ = FolderLock.take(folder)) {
      out.printf("Copying %s to %s%n", DataFolder.database(folder), url.shown());
      out.flush();
      Map<String, Long> copied =
          new Migration(DataFolder.database(folder), url)
              .run(
                  (table, rows) -> {
                    out.printf("%12d  %s%n", rows, table);
                    out.flush();
                  });
      out.println("Building the search index ...");
      out.flush();
      try (PostgresDatabase database = PostgresDatabase.open(url, DiskSpace.of(folder))) {
        new IndexBacklog(database).fill(() -> true);
      }
      out.printf(
          "Copied %d rows of %d tables; the counts match.%n",
          copied.values().stream().mapToLong(Long::longValue).sum(), copied.size());
      out.printf(
          "Videos and pictures stay in %s. The old database is unchanged: keep it as a backup.%n",
          folder);
    }
  }
}
