package framewise.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import framewise.e2e.LaunchedService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Metrics, calls and linked files in the README and docs exist. */
class DocumentationNamesWhatExistsTest {
  private static final Path ROOT = Path.of(System.getProperty("framewise.root"));
  private static final Pattern METRIC = Pattern.compile("`((?:framewise|http_server)_[a-z_]+)");
  private static final Pattern CALL =
      Pattern.compile("`(?:GET |POST |DELETE )?(/[a-z][a-z_{}/.\\-]*)`");
  private static final Pattern LINK = Pattern.compile("\\]\\((?!http)([^)#]+)\\)");

  @TempDir static Path folder;

  private static LaunchedService service;

  @BeforeAll
  static void startService() throws Exception {
    service = LaunchedService.start(ROOT, folder);
  }

  @AfterAll
  static void stopService() {
    service.close();
  }

  @Test
  void everyAlgorithmNamesAnExistingMetric() throws Exception {
    // Metrics of requests and answers appear after the first of them.
    service.get("/");
    String metrics = service.get("/metrics");
    for (String algorithm : List.of("sampling", "pacing", "recovery", "uploads")) {
      Path page = ROOT.resolve("docs").resolve(algorithm + ".md");
      List<String> named = find(METRIC, Files.readString(page)).toList();
      assertThat(named).as("metrics of %s", page).isNotEmpty();
      assertThat(named)
          .as("metrics of %s", page)
          .filteredOn(metric -> !metric.startsWith("framewise_inference_seconds"))
          .allSatisfy(metric -> assertThat(metrics).contains("\n" + metric));
    }
  }

  @Test
  void everyCallInTheApiPageIsInTheContract() throws Exception {
    String contract = service.get("/openapi.yaml");
    List<String> calls =
        find(CALL, Files.readString(ROOT.resolve("docs/api.md")))
            .map(call -> call.replace("{id}", "{session_id}"))
            .toList();
    assertThat(calls)
        .hasSizeGreaterThan(8)
        .allSatisfy(call -> assertThat(contract).contains("  " + call + ":"));
  }

  @Test
  void everyLinkedFileExists() throws IOException {
    for (Path page : pages().toList()) {
      assertThat(find(LINK, Files.readString(page)))
          .as("links of %s", page)
          .allSatisfy(link -> assertThat(page.resolveSibling(link)).exists());
    }
  }

  @Test
  void theVersionIsThatOfTheBuild() throws Exception {
    String version = new ObjectMapper().readTree(service.get("/")).path("version").asText();
    assertThat(Files.readString(ROOT.resolve("pom.xml")))
        .contains("<version>" + version + "</version>");
  }

  private static Stream<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      List<Path> pages = docs.filter(page -> page.toString().endsWith(".md")).toList();
      return Stream.concat(
          Stream.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")), pages.stream());
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static Stream<String> find(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((MatchResult found) -> found.group(1));
  }
}
