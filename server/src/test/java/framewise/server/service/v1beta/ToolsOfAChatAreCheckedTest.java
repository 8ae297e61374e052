package framewise.server.service.v1beta;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.server.service.OpenAiStub;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ToolsOfAChatAreCheckedTest {
  private static final String TOOL = "{\"type\":\"function\",\"function\":{\"name\":\"%s\"}}";
  private static final String CALL =
      "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}";

  @TempDir static Path folder;
  private static final OpenAiStub openai = new OpenAiStub();
  private static RunningService service;
  private static TestClient client;

  @BeforeAll
  static void start() throws Exception {
    service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo(), openai.settings());
    client = service.client();
  }

  @AfterAll
  static void stop() {
    service.close();
    openai.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'tools':5 | tools must be a list",
        "'tools':['f'] | tools is",
        "'tools':[{}] | tools[0].function is missing",
        "'tools':[{'type':'custom','custom':{'name':'f'}}] | tools[0].type must be function",
        "'tools':[{'type':'function','function':'f'}] | tools[0].function is",
        "'tools':[{'type':'function','function':{}}] | tools[0].function.name is missing",
        "'tools':[{'type':'function','function':{'name':'a b'}}] | tools[0].function.name must"
            + " have",
        "'tools':[{'type':'function','function':{'name':''}}] | tools[0].function.name",
        "'tools':[{'type':'function','function':{'name':'f','parameters':[]}}] |"
            + " tools[0].function.parameters is",
        "'tools':[{'type':'function','function':{'name':'f','strict':'yes'}}] |"
            + " tools[0].function.strict is",
        "'tools':[{'function':{'name':'f'}},{'function':{'name':'f'}}] | tools has the name \"f\""
            + " twice",
        "'tools':[{'function':{'name':'f'}}],'tool_choice':'maybe' | tool_choice must be",
        "'tools':[{'function':{'name':'f'}}],'tool_choice':7 | tool_choice must be",
        "'tools':[{'function':{'name':'f'}}],'tool_choice':{'type':'function','function':{'name':'g'}}"
            + " | tool_choice names \"g\"",
        "'tools':[{'function':{'name':'f'}}],'tool_choice':{'type':'allowed_tools'} |"
            + " tool_choice.type must be function",
        "'tool_choice':'required' | but there are no tools",
        "'tools':[{'function':{'name':'f'}}],'parallel_tool_calls':'no' | parallel_tool_calls is",
        "'functions':[{'name':'f'}] | send tools"
      })
  void invalidFieldsAreNamed(String field, String message) throws Exception {
    refused("[{\"role\":\"user\",\"content\":\"a\"}]", field.replace('\'', '"'), message);
  }

  @Test
  void limitsApply() throws Exception {
    String many =
        IntStream.range(0, 129)
            .mapToObj(i -> TOOL.formatted("f" + i))
            .collect(Collectors.joining(","));
    String user = "[{\"role\":\"user\",\"content\":\"a\"}]";
    refused(user, "\"tools\":[" + many + "]", "1 to 128 of them");
    String large =
        "{\"function\":{\"name\":\"f\",\"description\":\"%s\"}}".formatted("x".repeat(65_536));
    refused(user, "\"tools\":[" + large + "]", "may have 65,536 at most");
    String output =
        "[{\"role\":\"user\",\"content\":\"a\"},%s,{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"content\":\"%s\"}]"
            .formatted(CALL, "x".repeat(200_001));
    refused(output, "\"tools\":[" + TOOL.formatted("f") + "]", "may have 200,000 at most");
  }

  @Test
  void outputsBelongToACall() throws Exception {
    String tools = "\"tools\":[" + TOOL.formatted("f") + "]";
    String stray = "{\"role\":\"tool\",\"tool_call_id\":\"c2\",\"content\":\"x\"}";
    refused("[" + CALL + "," + stray + "]", tools, "\"c2\" that is in no earlier message");
    refused("[{\"role\":\"tool\",\"content\":\"x\"}]", tools, "tool_call_id is missing");
    refused(
        "[{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"c\"}]}]", tools, "function is missing");
  }

  /** If a request has no tools, the tool calls of the earlier conversation are sent as text. */
  @Test
  void aConversationCanContinueWithoutTools() throws Exception {
    String output = "{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"content\":\"seven\"}";
    String messages =
        "[{\"role\":\"user\",\"content\":\"How many?\"},%s,%s,{\"role\":\"user\",\"content\":\"Sure?\"}]"
            .formatted(CALL, output);
    HttpResponse<String> answer =
        client.post(
            "/v1beta/chat/completions",
            "{\"model\":\"builtin\",\"messages\":%s}".formatted(messages));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(TestClient.json(answer).at("/choices/0/message/content").asText())
        .containsSubsequence("How many?", "f({})", "seven", "Sure?");
  }

  private static void refused(String messages, String field, String message) throws Exception {
    HttpResponse<String> answer =
        client.post(
            "/v1beta/chat/completions",
            "{\"model\":\"openai\",\"messages\":%s,%s}".formatted(messages, field));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
    assertThat(TestClient.json(answer).path("error").asText()).isEqualTo("validation_error");
    assertThat(TestClient.json(answer).path("message").asText()).contains(message);
  }
}
