package framewise.server.command;

import framewise.engine.backup.Backup;
import framewise.server.config.SettingsException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Writes the whole data folder into one file. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    versionProvider = VersionLine.class,
    description = {
      "Writes sessions, results, videos and evidence into one file, also while Framewise runs.",
      "The file contains private videos and results: protect it like the data folder."
    })
public final class BackupCommand implements Callable<Integer> {
  @Mixin private final ArchiveOptions options = new ArchiveOptions();

  @Override
  public Integer call() throws IOException, SettingsException, BadOptionException {
    try {
      Backup.BackupSummary written =
          new Backup(options.folder()).write(options.file(), options.force());
      options
          .out()
          .printf(
              "Wrote %s: %d sessions, %d videos, %d bytes.%n",
              options.file(), written.sessions(), written.videos(), written.bytes());
      options
          .bucket()
          .ifPresent(
              bucket ->
                  options
                      .out()
                      .printf(
                          "It contains no videos, evidence and pictures of incidents: also back up %s.%n",
                          bucket.address().shown()));
      return 0;
    } catch (FileAlreadyExistsException there) {
      throw new BadOptionException(
          "%s exists. Add --force to replace it.".formatted(there.getFile()));
    }
  }
}
