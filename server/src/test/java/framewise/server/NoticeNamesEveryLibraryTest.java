package framewise.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** NOTICE lists exactly the libraries in the runnable jar. */
class NoticeNamesEveryLibraryTest {
  private static final Path ROOT = Path.of(System.getProperty("framewise.root"));

  @Test
  void everyLibraryIsListed() throws IOException {
    List<String> named = named();
    assertThat(libraries())
        .hasSizeGreaterThan(20)
        .allSatisfy(library -> assertThat(named).anyMatch(pattern -> matches(pattern, library)));
  }

  @Test
  void everyListedLibraryExists() throws IOException {
    List<String> libraries = libraries();
    assertThat(named())
        .allSatisfy(
            pattern -> assertThat(libraries).anyMatch(library -> matches(pattern, library)));
  }

  /** Entries of NOTICE: {@code group:artifact}, in which a star stands for any characters. */
  private static List<String> named() throws IOException {
    return find(Files.readString(ROOT.resolve("NOTICE")), "(?m)^\\[([^\\]]+)\\]");
  }

  /** Libraries in the jar besides the project's own modules, as {@code group:artifact}. */
  private static List<String> libraries() throws IOException {
    String list = Files.readString(ROOT.resolve("server/target/libraries.txt"));
    return find(list, "(?m)^\\s+([^:\\s]+:[^:\\s]+):jar:").stream()
        .filter(library -> !library.startsWith("framewise:"))
        .toList();
  }

  private static List<String> find(String text, String expression) {
    return Pattern.compile(expression)
        .matcher(text)
        .results()
        .map((MatchResult found) -> found.group(1))
        .distinct()
        .toList();
  }

  private static boolean matches(String pattern, String library) {
    return FileSystems.getDefault().getPathMatcher("glob:" + pattern).matches(Path.of(library));
  }
}
