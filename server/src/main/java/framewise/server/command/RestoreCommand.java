package framewise.server.command;

import framewise.engine.backup.BackupRestore;
import framewise.server.config.SettingsException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Replaces the data folder's content with a backup, and keeps the previous content. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    versionProvider = VersionLine.class,
    description = {
      "Checks a backup and puts it into the data folder. Stop Framewise first.",
      "The old content of the folder is kept beside it."
    })
public final class RestoreCommand implements Callable<Integer> {
  @Mixin private final ArchiveOptions options = new ArchiveOptions();

  @Override
  public Integer call() throws IOException, SettingsException, BadOptionException {
    try {
      var restored = new BackupRestore(options.folder()).restore(options.file(), options.force());
      var out = options.out();
      out.printf("Restored %d sessions.%n", restored.sessions());
      restored.kept().ifPresent(kept -> out.printf("Kept the old content in %s.%n", kept));
      return 0;
    } catch (FileAlreadyExistsException there) {
      throw new BadOptionException(
          "%s isn't empty. Add --force to replace its content; the old content is kept."
              .formatted(there.getFile()));
    }
  }
}
