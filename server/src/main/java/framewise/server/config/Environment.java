package framewise.server.config;

import io.github.cdimascio.dotenv.Dotenv;
import io.github.cdimascio.dotenv.DotenvException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Source of settings: the environment, then a {@code .env} file for missing variables. */
public final class Environment {
  private Environment() {}

  /**
   * Variables of the process, supplemented by those of {@code .env}.
   *
   * @param variables of the process
   * @param folder that may hold a {@code .env} file
   * @throws SettingsException when the file exists and can't be read
   */
  public static Map<String, String> read(Map<String, String> variables, Path folder)
      throws SettingsException {
    Map<String, String> merged = new HashMap<>();
    try {
      Dotenv.configure()
          .directory(folder.toString())
          .ignoreIfMissing()
          .load()
          .entries(Dotenv.Filter.DECLARED_IN_ENV_FILE)
          .forEach(entry -> merged.put(entry.getKey(), unquoted(entry.getValue())));
    } catch (DotenvException e) {
      // The exception's message quotes the line, which may contain a key.
      throw new SettingsException(
          List.of(
              "The file %s has a line that is not KEY=value."
                  .formatted(folder.resolve(".env").toAbsolutePath().normalize())));
    }
    merged.putAll(variables);
    return merged;
  }

  /** The library strips double quotes; people use single quotes too. */
  private static String unquoted(String value) {
    boolean quoted = value.length() > 1 && value.startsWith("'") && value.endsWith("'");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
