package framewise.server.service.operate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import framewise.testing.TestMachine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The metrics in the dashboard, the alert rules and the documentation exist. */
@Timeout(120)
class MetricsHaveTheNamesThatOperatorsUseTest {
  private static final Path ROOT = Path.of(System.getProperty("framewise.root"));
  private static final Path RULES = ROOT.resolve("operations/framewise-alerts.yaml");

  /**
   * Names of metrics in queries: Framewise's, HTTP's, the JVM's, the process's and the machine's.
   */
  private static final Pattern NAME =
      Pattern.compile("\\b(?:framewise|http_server|jvm|process|system|disk)_[a-z_]+\\b");

  /**
   * Metrics that appear only with the first stream of the Overshoot API, or with the first lost
   * stream.
   */
  private static final Set<String> ONCE_IT_HAPPENED =
      Set.of("framewise_streams_lost_total", "framewise_overshoot_streams_ended_total");

  @TempDir Path folder;

  @Test
  void everyUsedNameExists() throws Exception {
    Set<String> there =
        scrape()
            .lines()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.replaceFirst("[{ ].*", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(there)
        .contains(
            "framewise_build_info",
            "framewise_database_bytes",
            "framewise_memory_limit_bytes",
            "framewise_memory_used_bytes",
            "framewise_memory_native_bytes",
            "process_resident_memory_bytes",
            "disk_free_bytes",
            "http_server_requests_seconds_bucket");
    assertThat(used(dashboard())).hasSizeGreaterThan(15).isSubsetOf(there);
    assertThat(used(Files.readString(RULES))).hasSizeGreaterThan(8).isSubsetOf(there);
    Set<String> documented = used(Files.readString(ROOT.resolve("docs/operations.md")));
    documented.removeAll(ONCE_IT_HAPPENED);
    assertThat(documented).isSubsetOf(there);
  }

  @Test
  void promtoolAcceptsThem() throws Exception {
    TestMachine.needs("promtool");
    assertThat(promtool(scrape(), "check", "metrics")).isEmpty();
    assertThat(promtool("", "check", "rules", RULES.toString())).contains("SUCCESS");
  }

  /** The metrics of a service that has answered a question. */
  private String scrape() throws Exception {
    try (var service =
        RunningService.on(folder.resolve("data"), ScriptedBackend.echo(), Map.of())) {
      TestClient client = service.client();
      String id =
          client.stream(TestVideos.moving(folder, 1), "{\"prompt\":\"x\",\"pace\":\"fast\"}");
      client.socket("/ws/" + id + "?since=0").untilEnd();
      client.get("/health/live");
      return client.get("/metrics").body();
    }
  }

  private static Set<String> used(String text) {
    return NAME.matcher(text)
        .results()
        .map(found -> found.group())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** All queries of the dashboard. */
  private static String dashboard() throws IOException {
    JsonNode json =
        new ObjectMapper()
            .readTree(Files.readString(ROOT.resolve("operations/framewise-dashboard.json")));
    assertThat(json.get("panels")).isNotEmpty();
    return json.findValuesAsText("expr").stream().collect(Collectors.joining("\n"));
  }

  private String promtool(String input, String... arguments) throws Exception {
    Path out = folder.resolve("promtool.out");
    var command = new ArrayList<>(List.of("promtool"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
    try (var stdin = process.getOutputStream()) {
      stdin.write(input.getBytes(StandardCharsets.UTF_8));
    }
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(out)).isZero();
    return Files.readString(out);
  }
}
