package framewise.server.command;

import framewise.engine.folder.FolderDatabase;
import framewise.engine.store.Database;
import framewise.server.access.AccessControl;
import framewise.server.config.Environment;
import framewise.server.config.Setting;
import framewise.server.config.Settings;
import framewise.server.config.SettingsException;
import framewise.time.WallClock;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Accounts and keys in a data folder, with or without a running service. Anyone who may write to
 * the folder is its administrator.
 */
final class AccessFolder implements AutoCloseable {
  private final Database database;
  private final AccessControl access;

  private AccessFolder(Database database, AccessControl access) {
    this.database = database;
    this.access = access;
  }

  /**
   * Opens the folder.
   *
   * @param folder empty for the one from the settings
   */
  static AccessFolder open(Optional<String> folder) throws SettingsException {
    Map<String, String> variables = new HashMap<>(Environment.read(System.getenv(), Path.of("")));
    folder.ifPresent(path -> variables.put(Setting.FRAMEWISE_DATA.name(), path));
    Settings settings = Settings.read(variables);
    Database database = FolderDatabase.openBeside(settings.data(), settings.database());
    return new AccessFolder(
        database,
        new AccessControl(settings.apiAccess(), database, settings.data(), WallClock.system()));
  }

  AccessControl access() {
    return access;
  }

  @Override
  public void close() {
    access.close();
    database.close();
  }
}
