package framewise.e2e.agents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.e2e.DrawnClip;
import framewise.e2e.JarService;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The unmodified npm package {@code openai} runs its own tool loop, with whole and streamed
 * answers, with a model provider of each wire format behind Framewise.
 */
class OpenAiClientsCallToolsTest {
  @RegisterExtension static final ToolServices services = new ToolServices();

  @RegisterExtension static final JarService service = JarService.with(services.settings());

  @TempDir static Path folder;

  private static String session;
  private static JsonNode said;

  @BeforeAll
  static void run() throws Exception {
    session = NodeScript.upload(service, DrawnClip.saying("EXIT 42", 2, folder));
    said =
        NodeScript.run(
            "openai-tools.mjs",
            service.address().replaceAll("/$", "") + "/v1beta",
            session,
            services.address("/release"));
  }

  @ParameterizedTest
  @CsvSource({"openai, 3", "local, 3", "anthropic, 3", "gemini, 2"})
  void aModelCallsToolsAndAnswersFromTheirOutputs(String model, int leastParts) {
    for (String how : List.of("whole", "streamed")) {
      JsonNode run = said.path(model).path(how);
      assertThat(run.path("answer").asText()).as(model + how).isEqualTo("7 boxes at noon.");
      assertThat(run.path("called").valueStream().map(JsonNode::asText))
          .containsExactlyInAnyOrder("look_up {\"place\":\"gate\"}", "now");
    }
    JsonNode parts = said.at("/" + model + "/streamed/parts");
    assertThat(parts.get(0).get(1).asText()).isEqualTo("look_up");
    assertThat(parts.valueStream().map(part -> part.get(0).asInt()).distinct())
        .containsExactly(0, 1);
    assertThat(
            parts
                .valueStream()
                .filter(part -> part.get(0).asInt() == 0)
                .map(part -> part.get(2).asText())
                .reduce("", String::concat))
        .isEqualToIgnoringWhitespace("{\"place\":\"gate\"}");
    assertThat(parts.size()).isGreaterThanOrEqualTo(leastParts);
  }

  @Test
  void theBuiltInModelSaysThatItCallsNoTools() {
    assertThat(said.at("/builtin/status").asInt()).isEqualTo(400);
    assertThat(said.at("/builtin/text").asText())
        .contains("tools_unsupported", "builtin cannot call tools: choose another model");
  }

  @Test
  void toolCallsAreLogged() throws Exception {
    JsonNode results = service.get("/sessions/" + session + "/results").path("results");
    assertThat(results.size()).isEqualTo(16);
    JsonNode first = results.get(0);
    assertThat(first.path("finish_reason").asText()).isEqualTo("tool_calls");
    assertThat(first.path("result").asText()).isEqualTo("look_up({\"place\":\"gate\"})\nnow({})");
  }
}
