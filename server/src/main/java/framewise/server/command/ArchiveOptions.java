package framewise.server.command;

import framewise.engine.files.FileLocation;
import framewise.server.config.SettingsException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Common options of the commands that write or read a backup. */
final class ArchiveOptions {
  @Spec(Target.MIXEE)
  private @Nullable CommandSpec command;

  @Mixin private final DataOption data = new DataOption();

  @Parameters(paramLabel = "FILE", description = "the backup, such as framewise.zip")
  private @Nullable Path file;

  @Option(
      names = "--force",
      description = "replace the existing file, or the content of the data folder")
  private boolean force;

  /** The data folder. */
  Path folder() throws SettingsException, BadOptionException {
    return data.folder();
  }

  /** The bucket with the folder's videos; empty where they are in the folder. */
  Optional<FileLocation.Bucket> bucket() throws SettingsException {
    return data.bucket();
  }

  /** The backup file. */
  Path file() {
    return parsed(file);
  }

  /** Whether to replace existing data. */
  boolean force() {
    return force;
  }

  /** Output for the command's report. */
  PrintWriter out() {
    return parsed(command).commandLine().getOut();
  }

  private static <T> T parsed(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("the parser sets this");
    }
    return value;
  }
}
