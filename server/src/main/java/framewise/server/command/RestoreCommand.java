package framewise.server.command;

import framewise.engine.backup.Restoration;
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

/** Puts a backup in the place of the data folder's content, which is kept. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    versionProvider = VersionLine.class,
    description = {
      "Checks a backup and puts it into the data folder. Stop Framewise first.",
      "What was in the folder is kept beside it."
    })
public final class RestoreCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Mixin private final DataOption data = new DataOption();

  @Parameters(paramLabel = "FILE", description = "a file that ./framewise backup wrote")
  private @Nullable Path file;

  @Option(names = "--force", description = "replace what the data folder holds")
  private boolean force;

  @Override
  public Integer call() throws IOException, SettingsException, BadOptionException {
    if (file == null || spec == null) {
      throw new IllegalStateException("the parser sets these");
    }
    try {
      var restored = new Restoration(data.folder()).restore(file, force);
      var out = spec.commandLine().getOut();
      out.printf("Restored %d sessions.%n", restored.sessions());
      restored.kept().ifPresent(kept -> out.printf("Kept what was there in %s.%n", kept));
      return 0;
    } catch (FileAlreadyExistsException there) {
      throw new BadOptionException(
          "%s isn't empty. Add --force to replace what it holds; the old content is kept."
              .formatted(there.getFile()));
    }
  }
}
