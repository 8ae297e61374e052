package framewise.server.command;

import framewise.server.config.Environment;
import framewise.server.config.Setting;
import framewise.server.config.Settings;
import framewise.server.config.SettingsException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Option for the data folder: {@code --data}, or FRAMEWISE_DATA. */
final class DataOption {
  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "the data folder (FRAMEWISE_DATA, or ./data)")
  private @Nullable String data;

  Path folder() throws SettingsException {
    Map<String, String> variables = new HashMap<>(Environment.read(System.getenv(), Path.of("")));
    if (data != null) {
      variables.put(Setting.FRAMEWISE_DATA.name(), data);
    }
    return Settings.read(variables).data();
  }
}
