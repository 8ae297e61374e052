package framewise.server.command;

import framewise.engine.backup.Backup;
import framewise.server.config.SettingsException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes everything in the data folder into one file. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    versionProvider = VersionLine.class,
    description = {
      "Writes sessions, results, videos and evidence into one file, also while Framewise runs.",
      "The file holds everything that was seen: keep it as safe as the data folder."
    })
public final class BackupCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Mixin private final DataOption data = new DataOption();

  @Parameters(paramLabel = "FILE", description = "the file to write, such as framewise.zip")
  private @Nullable Path file;

  @Option(names = "--force", description = "replace the file when it exists")
  private boolean force;

  @Override
  public Integer call() throws IOException, SettingsException, BadOptionException {
    if (file == null || spec == null) {
      throw new IllegalStateException("the parser sets these");
    }
    try {
      Backup.Written written = new Backup(data.folder()).write(file, force);
      spec.commandLine()
          .getOut()
          .printf(
              "Wrote %s: %d sessions, %d videos, %d bytes.%n",
              file, written.sessions(), written.videos(), written.bytes());
      return 0;
    } catch (FileAlreadyExistsException there) {
      throw new BadOptionException(
          "%s exists. Add --force to replace it.".formatted(there.getFile()));
    }
  }
}
