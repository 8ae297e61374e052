package framewise.server.command;

import framewise.engine.files.FileLocation;
import framewise.server.config.Environment;
import framewise.server.config.Setting;
import framewise.server.config.Settings;
import framewise.server.config.SettingsException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Option for the data folder: {@code --data}, or FRAMEWISE_DATA. */
final class DataOption {
  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "the data folder (default: FRAMEWISE_DATA, or ./data)")
  private @Nullable String data;

  /**
   * The folder, for commands that work on its database.
   *
   * @throws BadOptionException when the database is in PostgreSQL
   */
  Path folder() throws SettingsException, BadOptionException {
    Settings settings = settings(Map.of());
    if (data == null && settings.database().isPresent()) {
      throw new BadOptionException(
          "This command is for the database in a data folder, but FRAMEWISE_DATABASE names one in"
              + " PostgreSQL. Back up PostgreSQL with pg_dump and the data folder with any program,"
              + " or name a folder with --data.");
    }
    return settings.data();
  }

  /** The bucket with the folder's videos; empty where they are in the folder. */
  Optional<FileLocation.Bucket> bucket() throws SettingsException {
    return settings(Map.of())
        .files()
        .filter(FileLocation.Bucket.class::isInstance)
        .map(FileLocation.Bucket.class::cast);
  }

  /**
   * The settings with this folder.
   *
   * @param others settings that precede those of the environment
   */
  Settings settings(Map<Setting, String> others) throws SettingsException {
    Map<String, String> variables = new HashMap<>(Environment.read(System.getenv(), Path.of("")));
    if (data != null) {
      variables.put(Setting.FRAMEWISE_DATA.name(), data);
    }
    others.forEach((setting, value) -> variables.put(setting.name(), value));
    return Settings.read(variables);
  }
}
