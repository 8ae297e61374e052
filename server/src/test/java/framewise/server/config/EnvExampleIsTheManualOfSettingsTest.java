package framewise.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code .env.example} explains every setting once, with its actual default. */
class EnvExampleIsTheManualOfSettingsTest {
  private static final Path EXAMPLE = Path.of(System.getProperty("framewise.root"), ".env.example");

  @TempDir Path folder;

  @Test
  void everySettingIsListedOnceWithItsDefault() throws IOException {
    List<String> settings =
        SettingKey.all().stream()
            .map(setting -> setting.name() + "=" + setting.defaultValue())
            .toList();
    assertThat(
            Files.readAllLines(EXAMPLE).stream()
                .filter(EnvExampleIsTheManualOfSettingsTest::isSetting))
        .containsExactlyInAnyOrderElementsOf(settings);
  }

  @Test
  void everySettingHasAComment() throws IOException {
    assertThat(unexplained(Files.readAllLines(EXAMPLE))).isEmpty();
  }

  @Test
  void aCopyKeepsAllDefaults() throws Exception {
    Files.copy(EXAMPLE, folder.resolve(".env"));
    Settings copied = Settings.read(Environment.read(Map.of(), folder));
    assertThat(copied).isEqualTo(Settings.read(Map.of()));
  }

  private static boolean isSetting(String line) {
    return line.matches("[A-Z0-9_]+=.*");
  }

  /** Paragraphs of settings that do not start with a comment. */
  private static List<String> unexplained(List<String> lines) {
    List<String> found = new ArrayList<>();
    String above = "";
    for (String line : lines) {
      if (isSetting(line) && above.isBlank()) {
        found.add(line);
      }
      above = line;
    }
    return found;
  }
}
