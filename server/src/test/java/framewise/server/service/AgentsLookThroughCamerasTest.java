package framewise.server.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import framewise.vision.AnswerException;
import framewise.vision.FailureKind;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.json.schema.jackson2.DefaultJsonSchemaValidator;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ImageContent;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceRequest;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Uses the service with the official MCP client. */
@Timeout(120)
class AgentsLookThroughCamerasTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ACCEPTED = "application/json, text/event-stream";

  @TempDir static Path folder;

  private static RunningService service;
  private static TestClient client;
  private static McpSyncClient agent;
  private static String file;

  @BeforeAll
  static void start() throws Exception {
    var backend =
        new ScriptedBackend(
            (clip, question) -> {
              if (question.prompt().contains("fail")) {
                throw new AnswerException(FailureKind.TIMEOUT, "It is too slow.");
              }
              return question.outputSchema().isPresent()
                  ? "{\"met\":true,\"why\":\"it shows\"}"
                  : "A red box at %.1f".formatted(clip.newest().time().seconds());
            });
    service =
        RunningService.on(folder.resolve("data"), backend, Map.of("FRAMEWISE_URL_SOURCES", "any"));
    client = service.client();
    file = client.uploaded(TestVideos.moving(folder, 3));
    agent = agent();
  }

  @AfterAll
  static void stop() {
    agent.closeGracefully();
    service.close();
  }

  @Test
  void toolsAreListedAndMarkedReadOnly() {
    List<Tool> tools = agent.listTools().tools();
    assertThat(tools)
        .extracting(Tool::name)
        .containsExactlyInAnyOrder(
            "list_streams", "look", "check_once", "search_answers", "get_recap", "get_evidence");
    assertThat(tools)
        .allSatisfy(
            tool ->
                assertThat(tool.annotations().readOnlyHint())
                    .as(tool.name())
                    .isEqualTo(!List.of("look", "check_once").contains(tool.name())));
    assertThat(agent.listResourceTemplates().resourceTemplates())
        .extracting(template -> template.uriTemplate())
        .containsExactly("framewise://sessions/{id}/answers");
  }

  @Test
  void lookReturnsItsPicture() throws Exception {
    JsonNode listed = json(call("list_streams", Map.of()), 0);
    assertThat(listed.at("/streams").findValuesAsText("id")).contains(file);
    CallToolResult newest = call("look", Map.of("stream", file, "question", "What is it?"));
    assertThat(text(newest, 0)).isEqualTo("A red box at 2.9");
    JsonNode about = json(newest, 1);
    assertThat(about.path("forecast_usd").asText()).isEqualTo("0");
    assertThat(about.path("picture_taken_at").asText()).isNotEmpty();
    var image = (ImageContent) newest.content().get(2);
    assertThat(image.mimeType()).isEqualTo("image/jpeg");
    var picture = ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(image.data())));
    assertThat(picture.getWidth()).isEqualTo(160);
    CallToolResult back =
        call("look", Map.of("stream", "moving.mp4", "question", "Then?", "seconds_back", 1.9));
    assertThat(text(back, 0)).isEqualTo("A red box at 1.0");

    String id = about.path("evidence_id").asText();
    await().until(() -> !Boolean.TRUE.equals(call("get_evidence", Map.of("id", id)).isError()));
    CallToolResult evidence = call("get_evidence", Map.of("id", id));
    assertThat(json(evidence, 0).path("answer").asText()).isEqualTo("A red box at 2.9");
    assertThat(evidence.content().get(1)).isEqualTo(image);

    JsonNode found = json(call("search_answers", Map.of("query", "\"RED BOX\" 1.0")), 0);
    assertThat(found.at("/answers/0/answer").asText()).isEqualTo("A red box at 1.0");
    assertThat(found.at("/answers/0/evidence_id").asText()).startsWith(file + "/");
    assertThat(json(call("search_answers", Map.of("query", "giraffe")), 0).at("/answers"))
        .isEmpty();
    JsonNode recap = json(call("get_recap", Map.of("stream", file)), 0);
    assertThat(recap.path("questions").findValuesAsText("question"))
        .contains("What is it?", "Then?");
    assertThat(
            json(call("get_recap", Map.of("stream", file, "to", "2020-01-01T00:00:00Z")), 0)
                .path("answers")
                .asInt())
        .isZero();
    var lines =
        (TextResourceContents)
            agent
                .readResource(
                    ReadResourceRequest.builder("framewise://sessions/" + file + "/answers")
                        .build())
                .contents()
                .getFirst();
    assertThat(lines.text().lines()).anyMatch(line -> line.contains("A red box at 2.9"));
  }

  @Test
  void omittedAnswersAreMentioned() throws Exception {
    String many = client.uploaded(TestVideos.moving(folder, 3));
    String ask =
        """
        {"model":"x","messages":[{"role":"user","content":[{"type":"image_url",
         "image_url":{"url":"ovs://streams/%s?frame_index=0"}}]}]}
        """
            .formatted(many);
    assertThat(whole(many)).isTrue();
    for (int i = 0; i < 501; i++) {
      assertThat(client.post("/v1beta/chat/completions", ask).statusCode()).isEqualTo(200);
    }
    assertThat(whole(many)).isFalse();
    JsonNode recap = json(call("get_recap", Map.of("stream", many)), 0);
    assertThat(recap.path("whole").asBoolean()).isTrue();
    assertThat(recap.path("answers").asInt()).isEqualTo(501);
    assertThat(client.delete("/sessions/" + many).statusCode()).isBetween(200, 204);
  }

  private static boolean whole(String session) {
    return Boolean.TRUE.equals(
        agent
            .readResource(
                ReadResourceRequest.builder("framewise://sessions/" + session + "/answers").build())
            .contents()
            .getFirst()
            .meta()
            .get("framewise/whole"));
  }

  @Test
  void aConditionIsCheckedWithoutATrace() throws Exception {
    try (var film = LiveFilm.start()) {
      CallToolResult checked =
          call("check_once", Map.of("url", film.url(), "condition", "The gate is open"));
      assertThat(JSON.readTree(text(checked, 0)).path("met").asBoolean()).isTrue();
      assertThat(checked.content().get(2)).isInstanceOf(ImageContent.class);
      assertThat(
              TestClient.json(client.get("/sessions"))
                  .path("sessions")
                  .findValuesAsText("session_id"))
          .containsExactly(file);
    }
    assertThat(refused("check_once", Map.of("url", "http://127.0.0.1:1/x", "condition", "x")))
        .contains("No picture arrived from this URL");
  }

  /** Seen: sixty checks of URLs that never answer took all places of streams for 17 s. */
  @Test
  void fewConditionsAreCheckedAtATime() throws Exception {
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      String url = "http://127.0.0.1:%d/x.m3u8".formatted(silent.getLocalPort());
      var refusals = new ExecutorCompletionService<String>(callers);
      for (int i = 0; i < 5; i++) {
        refusals.submit(() -> refused("check_once", Map.of("url", url, "condition", "x")));
      }
      assertThat(refusals.take().get()).startsWith("4 checks are under way, which is the limit");
    }
  }

  @Test
  void errorsAreSentences() {
    assertThat(refused("look", Map.of("stream", "nobody", "question", "x")))
        .contains("There is no stream \"nobody\"");
    assertThat(refused("look", Map.of("stream", file, "question", "x", "seconds_back", 500)))
        .contains("there are only pictures of the last");
    assertThat(refused("look", Map.of("stream", file, "question", "fail"))).contains("too slow");
    assertThat(refused("look", Map.of("stream", file, "question", "x", "model", "nobody")))
        .contains("must be one of");
    assertThat(refused("look", Map.of("stream", file))).contains("question");
    assertThat(refused("get_evidence", Map.of("id", "17"))).contains("evidence id");
    assertThat(refused("get_evidence", Map.of("id", file + "/99999")))
        .contains("There is no evidence");
    assertThat(refused("search_answers", Map.of("query", "x", "from", "yesterday")))
        .contains("must be a time");
    assertThatThrownBy(
            () ->
                agent.readResource(
                    ReadResourceRequest.builder("framewise://sessions/nobody/answers").build()))
        .isInstanceOf(McpError.class)
        .hasMessageContaining("no resource");
  }

  /** Seen: the response to each malformed request contained a stack trace. */
  @Test
  void malformedRequestsGetNoStackTrace() throws Exception {
    for (HttpResponse<String> refused :
        List.of(
            client.post("/mcp", "{}"),
            client.post("/mcp", "[]"),
            client.send(
                client
                    .to("/mcp", "Content-Type", "application/json", "Accept", ACCEPTED)
                    .POST(BodyPublishers.ofString("{\"jsonrpc\":\"2.0\"}"))),
            client.send(
                client
                    .to("/mcp", "Content-Type", "application/json", "Accept", ACCEPTED)
                    .POST(BodyPublishers.ofString("no json"))))) {
      assertThat(refused.statusCode()).isBetween(400, 499);
      assertThat(refused.body()).contains("message").doesNotContainIgnoringCase("stackTrace");
    }
  }

  private static McpSyncClient agent() {
    var mapper = new JacksonMcpJsonMapper(new ObjectMapper());
    McpSyncClient made =
        McpClient.sync(
                HttpClientStreamableHttpTransport.builder("http://127.0.0.1:" + client.port())
                    .endpoint("/mcp")
                    .jsonMapper(mapper)
                    .build())
            .jsonSchemaValidator(new DefaultJsonSchemaValidator())
            .requestTimeout(Duration.ofSeconds(60))
            .build();
    made.initialize();
    return made;
  }

  private static CallToolResult call(String tool, Map<String, Object> arguments) {
    return agent.callTool(CallToolRequest.builder(tool).arguments(arguments).build());
  }

  private static String refused(String tool, Map<String, Object> arguments) {
    CallToolResult result = call(tool, arguments);
    assertThat(result.isError()).as(result.toString()).isTrue();
    return text(result, 0);
  }

  private static JsonNode json(CallToolResult result, int index) throws Exception {
    assertThat(result.isError()).as(result.toString()).isNotEqualTo(true);
    return JSON.readTree(text(result, index));
  }

  private static String text(CallToolResult result, int index) {
    return ((TextContent) result.content().get(index)).text();
  }
}
