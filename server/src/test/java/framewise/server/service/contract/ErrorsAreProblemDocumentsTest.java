package framewise.server.service.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorsAreProblemDocumentsTest {
  @TempDir Path folder;
  private RunningService service;
  private TestClient client;
  private String id;

  @BeforeEach
  void start() throws Exception {
    service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo());
    client = service.client();
    id = client.uploaded(TestVideos.moving(folder, 2));
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void unknownPath() throws Exception {
    problem(client.get("/nothing/here"), 404, "not_found");
    problem(client.get("/console/no-such-file.js"), 404, "not_found");
  }

  @Test
  void pathTraversal() throws Exception {
    problem(client.get("/console/../../etc/passwd"), 400, "bad_request");
    problem(client.get("/console/%2e%2e/%2e%2e/etc/passwd"), 400, "bad_request");
    problem(client.get("/console/..%2f..%2fetc/passwd"), 404, "not_found");
    problem(client.get("/console/lib/..%5c..%5cindex.html"), 404, "not_found");
  }

  @Test
  void wrongMethod() throws Exception {
    var refused = client.send(client.to("/sessions").PUT(BodyPublishers.noBody()));
    problem(refused, 405, "method_not_allowed");
    assertThat(refused.headers().firstValue("Allow")).get().asString().contains("GET");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/sessions/%s",
        "/sessions/%s/video",
        "/sessions/%s/results",
        "/sessions/%s/results.csv",
        "/events/%s"
      })
  void unknownSession(String path) throws Exception {
    for (String unknown : new String[] {UUID.randomUUID().toString(), "x", "%2e%2e%2f"}) {
      problem(client.get(path.formatted(unknown)), 404, "session_not_found");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "[]", "\"x\"", "{\"prompt\":\"a\"} x", "{\"prompt\":1,\"prompt\":2}"})
  void bodyNotAJsonObject(String body) throws Exception {
    problem(client.post("/start-stream/" + id, body), 400, "invalid_request");
    problem(client.post("/update-prompt/" + id, body), 400, "invalid_request");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|prompt|prompt is missing but must be a string",
        "{\"prompt\":null}|prompt|prompt is missing but must be a string",
        "{\"prompt\":7}|prompt|prompt is 7 but must be a string",
        "{\"prompt\":\" \"}|prompt|prompt is empty but must have at least one character",
        "{\"prompt\":\"a\",\"fps\":500}|fps|fps is 500.0 but must be above 0 and at most 120",
        "{\"prompt\":\"a\",\"fps\":\"1\"}|fps|fps is \"1\" but must be a number",
        "{\"prompt\":\"a\",\"fps\":1e999}|fps|fps is Infinity but must be above 0 and at most 120",
        "{\"prompt\":\"a\",\"sampling_ratio\":1.5}|sampling_ratio|sampling_ratio is 1.5 but must be"
            + " above 0 and at most 1",
        "{\"prompt\":\"a\",\"clip_length_seconds\":0}|clip_length_seconds|clip_length_seconds is"
            + " 0.0 but must be from 0.1 to 60",
        "{\"prompt\":\"a\",\"delay_seconds\":-1}|delay_seconds|delay_seconds is -1.0 but must be"
            + " from 0.05 to 3600",
        "{\"prompt\":\"a\",\"pace\":\"slow\"}|pace|pace is \"slow\" but must be realtime or fast",
        "{\"prompt\":\"a\",\"skip_unchanged\":\"yes\"}|skip_unchanged|skip_unchanged is \"yes\" but"
            + " must be from 0 to 1, true or false",
        "{\"prompt\":\"a\",\"loop\":\"yes\"}|loop|loop is \"yes\" but must be true or false",
        "{\"prompt\":\"a\",\"max_output_tokens\":0.5}|max_output_tokens|max_output_tokens is 0.5"
            + " but must be a whole number from 1 to 100000",
        "{\"prompt\":\"a\",\"reasoning\":\"much\"}|reasoning|reasoning is \"much\" but must be off,"
            + " low, medium or high",
        "{\"prompt\":\"a\",\"output_schema\":[]}|output_schema|output_schema is [] but must be a"
            + " JSON object",
        "{\"prompt\":\"a\",\"output_schema\":{\"$ref\":\"#\"}}|output_schema|output_schema is not"
            + " a usable JSON Schema: it refers to itself endlessly, or is nested"
            + " too deeply",
        "{\"prompt\":\"a\",\"output_schema\":{\"pattern\":\"([\"}}|output_schema|output_schema is"
            + " not a usable JSON Schema: \"([\" is not a regular expression: Unclosed"
            + " character class",
        "{\"prompt\":\"a\",\"backend\":\"gpt\"}|backend|backend is \"gpt\" but must be one of"
            + " overshoot, gemini, openai, anthropic, mistral, local, vllm_omni, builtin",
      })
  void invalidField(String body, String field, String message) throws Exception {
    JsonNode problem = problem(client.post("/start-stream/" + id, body), 422, "invalid_field");
    assertThat(problem.path("errors").path(0).path("field").asText()).isEqualTo(field);
    assertThat(problem.path("errors").path(0).path("message").asText()).isEqualTo(message);
    assertThat(problem.path("detail").asText()).contains(message);
  }

  @Test
  void everyInvalidField() throws Exception {
    JsonNode problem =
        problem(
            client.post("/start-stream/" + id, "{\"fps\":0,\"delay_seconds\":0,\"loop\":1}"),
            422,
            "invalid_field");
    assertThat(problem.path("errors"))
        .extracting(error -> error.path("field").asText())
        .containsExactlyInAnyOrder("prompt", "fps", "delay_seconds", "loop");
  }

  @Test
  void unknownFieldsAreIgnored() throws Exception {
    assertThat(client.post("/start-stream/" + id, "{\"prompt\":\"a\",\"extra\":1}").statusCode())
        .isEqualTo(200);
  }

  @Test
  void unsupportedContentType() throws Exception {
    var refused =
        client.send(
            client
                .to("/start-stream/" + id, "Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("{\"prompt\":\"a\"}")));
    problem(refused, 415, "unsupported_media_type");
  }

  @Test
  void bodyTooLong() throws Exception {
    String body = "{\"prompt\":\"" + "a".repeat(1 << 20) + "\"}";
    problem(client.post("/start-stream/" + id, body), 413, "too_large");
  }

  @Test
  void queryTooLong() throws Exception {
    String long50 = "a".repeat(50 << 10);
    assertThat(client.get("/sessions?why=" + long50).statusCode()).isEqualTo(200);
    JsonNode problem = problem(client.get("/sessions?why=" + long50 + long50), 414, "uri_too_long");
    assertThat(problem.path("detail").asText()).contains("64 KB");
  }

  @Test
  void wrongStatus() throws Exception {
    problem(client.post("/update-prompt/" + id, "{\"prompt\":\"a\"}"), 409, "wrong_status");
    client.post("/start-stream/" + id, "{\"prompt\":\"a\",\"loop\":true}");
    problem(client.post("/start-stream/" + id, "{\"prompt\":\"a\"}"), 409, "wrong_status");
  }

  @Test
  void invalidPage() throws Exception {
    problem(client.get("/sessions?limit=201"), 422, "invalid_field");
    problem(client.get("/sessions?offset=-1"), 422, "invalid_field");
    problem(client.get("/sessions/" + id + "/results?limit=x"), 422, "invalid_field");
  }

  @Test
  void plainHttpOnASocketRoute() throws Exception {
    problem(client.get("/ws/" + id), 426, "upgrade_required");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET /sessions HTTP/1.1\r\nHost: a\r\nbad header\r\n\r\n",
        "POST /start-stream/x HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
      })
  void malformedHttp(String request) throws Exception {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), client.port())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      var answer =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      String whole = String.join("\n", answer.lines().toList());
      assertThat(whole).startsWith("HTTP/1.1 400").contains("application/problem+json");
      assertThat(whole).contains("\"code\":\"bad_request\"").doesNotContain("Exception", "jetty");
    }
  }

  private static JsonNode problem(HttpResponse<String> response, int status, String code)
      throws Exception {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    JsonNode json = TestClient.json(response);
    assertThat(json.path("type").asText()).isEqualTo("about:blank");
    assertThat(json.path("title").asText()).isNotEmpty();
    assertThat(json.path("status").asInt()).isEqualTo(status);
    assertThat(json.path("code").asText()).isEqualTo(code);
    assertThat(json.path("detail").asText()).endsWith(".");
    return json;
  }
}
