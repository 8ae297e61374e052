package framewise.dev.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code ./framewise test} starts several Maven processes: together they test every module. */
class EveryModuleIsTestedOnceTest {
  private static final Path ROOT = Path.of(System.getProperty("framewise.root", ".."));
  private static final Pattern MODULE = Pattern.compile("<module>(\\w+)</module>");
  private static final Pattern LANES =
      Pattern.compile("cat <<'LANES'\\n(.*?)\\nLANES", Pattern.DOTALL);

  @Test
  void everyModuleWithTestsIsInOneLane() throws IOException {
    var lanes = LANES.matcher(read("dev/launcher/test.sh"));
    assertThat(lanes.find()).as("the list of lanes").isTrue();
    assertThat(Stream.of(lanes.group(1).split("\\s+")).filter(word -> !word.matches("\\d")))
        .containsExactlyInAnyOrderElementsOf(modulesWithTests());
  }

  /** Otherwise each Maven process would run its tests. */
  @Test
  void everyModuleWithTestsCanBeSkipped() throws IOException {
    for (String module : modulesWithTests()) {
      assertThat(read("pom.xml"))
          .contains("<skip.%s>${skip.others}</skip.%s>".formatted(module, module));
      assertThat(read(module + "/pom.xml"))
          .contains("<maven.test.skip>${skip.%s}</maven.test.skip>".formatted(module));
    }
  }

  private static List<String> modulesWithTests() throws IOException {
    return MODULE
        .matcher(read("pom.xml"))
        .results()
        .map(module -> module.group(1))
        .filter(module -> Files.exists(ROOT.resolve(module).resolve("src/test/java")))
        .toList();
  }

  private static String read(String file) throws IOException {
    return Files.readString(ROOT.resolve(file));
  }
}
