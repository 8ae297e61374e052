package framewise.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rules about the sources of all modules that no compiler checks. */
class TheHouseIsInOrderTest {
  private static final Path ROOT = Path.of(System.getProperty("framewise.root", ".."));
  private static final int FILES_IN_A_FOLDER = 25;

  /** Calls that read the time or wait without using the module {@code time}. */
  private static final Pattern OTHER_CLOCK =
      Pattern.compile(
          "System(\\.|::)(nanoTime|currentTimeMillis)|\\bInstant(\\.|::)now|\\bClock\\.system"
              + "|Thread(\\.|::)sleep|TimeUnit\\.\\w+\\.sleep|parkNanos"
              + "|Scheduled(ThreadPool|Executor)|new Timer\\(");

  /**
   * Modules that may use those calls: the clock itself, and programs that are not part of the
   * product.
   */
  private static final Set<String> OWN_TIME = Set.of("time", "bench", "dev");

  /** The name of a test in a document. */
  private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+Test)\\b");

  private static final List<Path> sources = new ArrayList<>();

  @BeforeAll
  static void readSources() throws IOException {
    sources.clear();
    try (Stream<Path> modules = Files.list(ROOT)) {
      for (Path source : modules.map(module -> module.resolve("src")).toList()) {
        if (Files.isDirectory(source)) {
          try (Stream<Path> files = Files.walk(source)) {
            files.filter(TheHouseIsInOrderTest::isSource).forEach(sources::add);
          }
        }
      }
    }
    assertThat(sources).hasSizeGreaterThan(1000);
  }

  @Test
  void typeNamesAreUnique() {
    Map<String, List<String>> places = new TreeMap<>();
    for (Path source : sources) {
      String name = source.getFileName().toString();
      if (name.endsWith(".java") && !name.equals("package-info.java")) {
        places.computeIfAbsent(name, _ -> new ArrayList<>()).add(place(source));
      }
    }
    places.values().removeIf(list -> list.size() == 1);
    assertThat(places).isEmpty();
  }

  @Test
  void foldersHaveAtMostTwentyFiveFiles() {
    Map<String, Integer> folders = new TreeMap<>();
    for (Path source : sources) {
      folders.merge(place(source.resolveSibling("")), 1, Integer::sum);
    }
    folders.values().removeIf(files -> files <= FILES_IN_A_FOLDER);
    assertThat(folders).isEmpty();
  }

  @Test
  void onlyTheTimeModuleReadsTheTimeAndWaits() throws IOException {
    List<String> lines = new ArrayList<>();
    for (Path source : sources) {
      Path path = ROOT.relativize(source);
      if (place(source).contains("src/main/java")
          && !OWN_TIME.contains(path.getName(0).toString())) {
        Files.readAllLines(source).stream()
            .filter(line -> OTHER_CLOCK.matcher(line).find())
            .forEach(line -> lines.add(place(source) + ": " + line.strip()));
      }
    }
    assertThat(lines).isEmpty();
  }

  @Test
  void slowTestsInTheListExist() throws IOException {
    List<String> names = sources.stream().map(source -> source.getFileName().toString()).toList();
    for (String line : Files.readAllLines(ROOT.resolve("dev/launcher/not-quick.txt"))) {
      if (line.startsWith("**/") && !line.startsWith("**/*")) {
        assertThat(names).contains(line.replace("**/", "").replace(".*", ".java"));
      }
    }
  }

  @Test
  void testsInTheDocumentsExist() throws IOException {
    List<String> names = sources.stream().map(source -> source.getFileName().toString()).toList();
    List<Path> documents = new ArrayList<>();
    for (String folder : List.of("", "docs", "bench")) {
      try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
        files.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
      }
    }
    List<String> missing = new ArrayList<>();
    for (Path document : documents) {
      TEST.matcher(Files.readString(document))
          .results()
          .map(found -> found.group(1))
          .filter(test -> !names.contains(test + ".java"))
          .forEach(test -> missing.add(place(document) + ": " + test));
    }
    assertThat(missing).isEmpty();
  }

  private static boolean isSource(Path file) {
    String name = file.toString();
    return name.endsWith(".java") || name.endsWith(".js");
  }

  private static String place(Path file) {
    return ROOT.relativize(file).toString();
  }
}
