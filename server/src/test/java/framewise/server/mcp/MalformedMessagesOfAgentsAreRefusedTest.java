package framewise.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Regression: the MCP library answered 500, and logged the message with a stack trace. */
@Timeout(60)
class MalformedMessagesOfAgentsAreRefusedTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path folder;
  private static RunningService service;

  @BeforeAll
  static void start() throws Exception {
    service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo(), Map.of());
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{                                                                     | -32700 | JSON",
        "null                                                                  | -32600 | JSON object",
        "[]                                                                    | -32600 | JSON object",
        "{\"jsonrpc\":\"2.0\",\"id\":1}                                          | -32600 | method",
        "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}                        | -32600 | jsonrpc",
        "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}                       | -32600 | id",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"a\\nb\"}                       | -32600 | method",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\"}                  | -32602 | missing",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":\"q\"}   | -32602 | an object",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"look\",\"arguments\":\"z\"}} | -32602 | tools/call",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"1\",\"capabilities\":{},\"clientInfo\":\"x\"}} | -32602 | initialize",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"resources/read\",\"params\":{\"uri\":[]}} | -32602 | resources/read",
      })
  void withAProtocolError(String message, int code, String says) throws Exception {
    HttpResponse<String> answer = send(message);
    assertThat(answer.statusCode()).isEqualTo(400);
    JsonNode error = JSON.readTree(answer.body()).path("error");
    assertThat(error.path("code").asInt()).isEqualTo(code);
    assertThat(error.path("message").asText()).contains(says).doesNotContain("jackson", "java.");
  }

  /**
   * Seen: thirty clients that each sent 40,000 arguments delayed everybody else by eight seconds.
   */
  @ParameterizedTest
  @CsvSource({"65, -32602, more than 64 arguments", "40000, -32600, at most 10000"})
  void callsHaveFewArguments(int count, int code, String says) throws Exception {
    String arguments =
        IntStream.range(0, count)
            .mapToObj(i -> "\"%d\":%d".formatted(i, i))
            .collect(Collectors.joining(","));
    HttpResponse<String> answer =
        send(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"look\",\"arguments\":{%s}}}"
                .formatted(arguments));
    assertThat(answer.statusCode()).isEqualTo(400);
    JsonNode error = JSON.readTree(answer.body()).path("error");
    assertThat(error.path("code").asInt()).isEqualTo(code);
    assertThat(error.path("message").asText()).contains(says);
  }

  @Test
  void validMessagesAreAnswered() throws Exception {
    assertThat(send("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}").body())
        .contains("list_streams");
    assertThat(send("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}").statusCode())
        .isEqualTo(202);
  }

  private static HttpResponse<String> send(String message) throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      var uri = URI.create("http://127.0.0.1:%d/mcp".formatted(service.service().port()));
      return http.send(
          HttpRequest.newBuilder(uri)
              .header("Content-Type", "application/json")
              .header("Accept", "application/json, text/event-stream")
              .POST(HttpRequest.BodyPublishers.ofString(message))
              .build(),
          BodyHandlers.ofString());
    }
  }
}
