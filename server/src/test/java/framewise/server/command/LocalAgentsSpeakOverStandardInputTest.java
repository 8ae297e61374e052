package framewise.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code ./framewise mcp}: each request and each response is a line. */
@Timeout(60)
class LocalAgentsSpeakOverStandardInputTest {
  private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"tools/list\"}";

  @TempDir Path folder;

  @Test
  void requestsGetOneResponseAndNotificationsNone() throws Exception {
    try (var service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo())) {
      String address = "http://127.0.0.1:" + service.service().port();
      List<JsonNode> answers =
          said(
              address,
              "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}\n\n"
                  + LIST.formatted(1)
                  + "\n"
                  + LIST.formatted(2)
                  + "\n");
      assertThat(answers).hasSize(2);
      assertThat(answers)
          .extracting(answer -> answer.path("id").asInt())
          .containsExactlyInAnyOrder(1, 2);
      assertThat(answers.getFirst().at("/result/tools").findValuesAsText("name")).contains("look");
    }
  }

  @Test
  void withoutAServiceTheErrorSaysHowToStartIt() throws Exception {
    List<JsonNode> answers = said("http://127.0.0.1:1", LIST.formatted(7) + "\nno json\n");
    assertThat(answers).hasSize(1);
    assertThat(answers.getFirst().path("id").asInt()).isEqualTo(7);
    assertThat(answers.getFirst().at("/error/message").asText())
        .contains("Start it with ./framewise");
  }

  private static List<JsonNode> said(String address, String input) throws Exception {
    var command = new McpCommand();
    new CommandLine(command).parseArgs("--url", address);
    var out = new ByteArrayOutputStream();
    int code =
        command.run(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8));
    assertThat(code).isZero();
    List<JsonNode> answers = new ArrayList<>();
    for (String line : out.toString(StandardCharsets.UTF_8).lines().toList()) {
      answers.add(new ObjectMapper().readTree(line));
    }
    return answers;
  }
}
