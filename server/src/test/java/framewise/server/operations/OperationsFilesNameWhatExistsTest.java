package framewise.server.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import framewise.server.config.SettingKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * All settings, files and commands named in the files that an operator installs exist in this
 * repository.
 */
class OperationsFilesNameWhatExistsTest {
  private static final Path ROOT = Path.of(System.getProperty("framewise.root"));
  private static final Path OPERATIONS = ROOT.resolve("operations");
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  @Test
  void everyNamedSettingExists() throws IOException {
    Set<String> known = SettingKey.all().stream().map(SettingKey::name).collect(Collectors.toSet());
    for (String file : List.of("Dockerfile", "compose.yaml", "framewise.service")) {
      assertThat(found("\\b(?:FRAMEWISE|BACKEND)_[A-Z0-9_]+", read(file)))
          .as(file)
          .isSubsetOf(known);
    }
    assertThat(
            found("\\bFRAMEWISE_[A-Z0-9_]+", Files.readString(ROOT.resolve("docs/operations.md"))))
        .isSubsetOf(known);
  }

  @Test
  void theContainerBuildsFromExistingFilesAndRunsUnprivileged() throws IOException {
    List<String> lines =
        read("Dockerfile")
            .replace("\\\n", " ")
            .lines()
            .filter(line -> !line.startsWith("#"))
            .toList();
    assertThat(lines).anyMatch(line -> line.matches("USER framewise"));
    assertThat(lines)
        .anyMatch(line -> line.startsWith("HEALTHCHECK") && line.contains("/health/live"));
    assertThat(lines.stream().filter(line -> line.startsWith("FROM"))).hasSize(2);
    for (String copied : List.of("LICENSE", "NOTICE", "mvnw")) {
      assertThat(ROOT.resolve(copied)).exists();
      assertThat(String.join("\n", lines)).contains(copied);
    }
    assertThat(Files.readAllLines(ROOT.resolve(".dockerignore"))).contains(".env", "data", ".git");
  }

  @Test
  void bothUseTheLaunchersOptions() throws IOException {
    String launcher = Files.readString(ROOT.resolve("dev/launcher/build.sh"));
    String options =
        Pattern.compile("(?m)^jvm_options='(.*)'$")
            .matcher(launcher)
            .results()
            .findFirst()
            .orElseThrow()
            .group(1);
    for (String option : options.split(" ", -1)) {
      assertThat(read("Dockerfile")).contains(option);
      assertThat(read("framewise.service")).contains(option);
    }
  }

  @Test
  void theComposeFilePublishesOnLoopbackOnly() throws IOException {
    JsonNode service = YAML.readTree(read("compose.yaml")).at("/services/framewise");
    Path context = OPERATIONS.resolve(service.at("/build/context").asText()).normalize();
    assertThat(context).isEqualTo(ROOT.normalize());
    assertThat(context.resolve(service.at("/build/dockerfile").asText())).isRegularFile();
    assertThat(service.at("/ports/0").asText()).startsWith("127.0.0.1:");
    assertThat(service.at("/read_only").asBoolean()).isTrue();
  }

  @Test
  void systemdVerifiesTheUnit() throws Exception {
    assertThat(read("framewise.service"))
        .contains("NoNewPrivileges=yes", "ProtectSystem=strict", "Restart=on-failure");
    if (CheckingProgram.isInstalled("systemd-analyze")) {
      String unit = OPERATIONS.resolve("framewise.service").toString();
      CheckingProgram.Outcome exposure =
          CheckingProgram.run(
              "", "systemd-analyze", "security", "--offline=yes", "--threshold=20", unit);
      assertThat(exposure.code()).as(exposure.output()).isZero();
    }
  }

  @Test
  void everyAlertIsExplained() throws IOException {
    String page = Files.readString(ROOT.resolve("docs/operations.md"));
    JsonNode rules = YAML.readTree(read("framewise-alerts.yaml")).at("/groups/0/rules");
    assertThat(rules).isNotEmpty();
    for (JsonNode rule : rules) {
      assertThat(page).contains("| " + rule.get("alert").asText() + " |");
    }
  }

  @Test
  void everyNamedFileExists() throws IOException {
    String page = Files.readString(ROOT.resolve("docs/operations.md"));
    assertThat(found("operations/[\\w.-]+", page))
        .isNotEmpty()
        .allSatisfy(file -> assertThat(ROOT.resolve(file)).exists());
  }

  private static String read(String file) throws IOException {
    return Files.readString(OPERATIONS.resolve(file));
  }

  private static Set<String> found(String pattern, String text) {
    Stream<MatchResult> matches = Pattern.compile(pattern).matcher(text).results();
    return matches.map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
  }
}
