package framewise.server.service.overshoot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.server.service.EventClient;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.publish.VideoSender;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths, keys, pages on other origins, and the error format of old clients. */
class OvershootAddressesAreTolerantTest {
  private static final String ORIGIN = "http://localhost:5173";

  @TempDir Path folder;
  private RunningService service;
  private TestClient client;

  @BeforeEach
  void start() throws Exception {
    service =
        RunningService.on(
            folder.resolve("data"),
            ScriptedBackend.echo(),
            Map.of("FRAMEWISE_API_KEYS", OvershootClient.KEY));
    client = service.client();
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v0.2", "/v0.2", "/api/v0.2/", "/v0.2/"})
  void bothBasesWithAndWithoutATrailingSlash(String base) throws Exception {
    var app = new OvershootClient(client, base, OvershootClient.KEY);
    assertThat(app.get("/healthz").body()).isEqualTo("{\"status\":\"ok\"}");
    var models = TestClient.json(app.get("/models"));
    assertThat(models.isArray()).isTrue();
    assertThat(models.findValuesAsText("model")).contains("builtin", "scripted-1", "gemini");
    error(app.get("/streams/x/info"), 404, "stream_not_found");
    error(app.create(TestClient.JSON.createObjectNode()), 422, "livekit_unsupported");
    try (var sender = new VideoSender()) {
      String id = app.created(sender).required("stream_id").asText();
      assertThat(EventClient.parse(app.results(id).next()).path("ok").asBoolean()).isTrue();
    }
  }

  @Test
  void modelsOfUnreadyBackEndsAreUnavailable() throws Exception {
    var app = new OvershootClient(client, OvershootClient.KEY);
    for (JsonNode model : TestClient.json(app.get("/models"))) {
      boolean ready = model.path("ready").asBoolean();
      assertThat(model.path("status").asText()).isEqualTo(ready ? "ready" : "unavailable");
      assertThat(ready)
          .isEqualTo(
              !model.path("model").asText().equals("gemini")
                  && !model
                      .path("model")
                      .asText()
                      .matches("overshoot|openai|anthropic|local|mistral|vllm_omni"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/models",
    "POST,/streams",
    "GET,/streams/feedback",
    "DELETE,/streams/x",
    "POST,/streams/x/keepalive",
    "PATCH,/streams/x/config/prompt",
    "GET,/streams/x/info",
    "POST,/streams/x/feedback",
    "POST,/streams/x/spectate",
    "POST,/chat/completions/clip"
  })
  void everyRouteNeedsAKey(String method, String path) throws Exception {
    var stranger = new OvershootClient(client, "ovs_stranger");
    var refused = stranger.call(method, path, "");
    error(refused, 401, "unauthorized");
    assertThat(refused.headers().allValues("Access-Control-Allow-Origin")).containsExactly(ORIGIN);
    assertThat(refused.body()).doesNotContain("ovs_stranger").doesNotContain(OvershootClient.KEY);
    for (String header : new String[] {"Basic " + OvershootClient.KEY, "Bearer ", "Bearer"}) {
      error(
          client.send(
              client
                  .to("/api/v0.2" + path, "Authorization", header)
                  .method(method, BodyPublishers.noBody())),
          401,
          "unauthorized");
    }
  }

  @Test
  void preflightsNeedNoKeyOnAnyPath() throws Exception {
    for (String path : new String[] {"/streams", "/streams/x/keepalive", "/nothing", "//streams"}) {
      HttpResponse<String> preflight =
          client.send(
              client
                  .to(
                      "/api/v0.2" + path,
                      "Origin",
                      ORIGIN,
                      "Access-Control-Request-Method",
                      "POST",
                      "Access-Control-Request-Headers",
                      "authorization,content-type")
                  .method("OPTIONS", BodyPublishers.noBody()));
      assertThat(preflight.statusCode()).as(path).isEqualTo(204);
      allows(preflight);
      assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers"))
          .contains("authorization,content-type");
      assertThat(preflight.headers().firstValue("Access-Control-Allow-Methods"))
          .get()
          .asString()
          .contains("GET", "POST", "PATCH", "DELETE", "OPTIONS");
    }
  }

  @Test
  void pagesCanReadAllErrors() throws Exception {
    var app = new OvershootClient(client, OvershootClient.KEY);
    for (var refused :
        new HttpResponse<?>[] {
          error(app.get("/nothing"), 404, "not_found"),
          error(app.call("PUT", "/streams", "{}"), 405, "method_not_allowed"),
          error(app.call("POST", "/streams", "{"), 400, "validation_error"),
          error(app.call("POST", "/streams", "x".repeat(3 << 20)), 413, "too_large"),
          error(app.get("/streams/%ff/info"), 400, "bad_request"),
          error(app.get("/ws/streams/x"), 426, "upgrade_required"),
        }) {
      allows(refused);
    }
    assertThat(client.get("/nothing").body()).contains("\"title\"");
  }

  @Test
  void onlyListedOriginsAreAllowed() throws Exception {
    try (var listed =
        RunningService.on(
            folder.resolve("listed"),
            ScriptedBackend.echo(),
            Map.of("FRAMEWISE_CORS_ORIGINS", ORIGIN))) {
      String path = "/api/v0.2/healthz";
      allows(listed.client().get(path, "Origin", ORIGIN));
      var stranger = listed.client().get(path, "Origin", "https://other.example");
      assertThat(stranger.headers().allValues("Access-Control-Allow-Origin")).isEmpty();
      assertThat(stranger.headers().allValues("Access-Control-Allow-Credentials")).isEmpty();
      assertThat(stranger.headers().allValues("Vary")).contains("Origin");
    }
  }

  @Test
  void anyContentTypeIsAccepted() throws Exception {
    for (String type : new String[] {"text/plain", "application/octet-stream", ""}) {
      var request = client.to("/v0.2/streams", "Authorization", "Bearer " + OvershootClient.KEY);
      if (!type.isEmpty()) {
        request.header("Content-Type", type);
      }
      error(client.send(request.POST(BodyPublishers.ofString("{}"))), 422, "livekit_unsupported");
    }
  }

  @Test
  void docsShowThisContract() throws Exception {
    for (var base :
        Map.of("/api/v0.2", "../../docs?api=overshoot", "/v0.2", "../docs?api=overshoot")
            .entrySet()) {
      var redirect = client.get(base.getKey() + "/docs");
      assertThat(redirect.statusCode()).isEqualTo(302);
      assertThat(redirect.headers().firstValue("Location")).contains(base.getValue());
      assertThat(client.get(base.getKey() + "/openapi.yaml").body()).contains("createStream");
    }
  }

  private static void allows(HttpResponse<?> response) {
    assertThat(response.headers().allValues("Access-Control-Allow-Origin")).containsExactly(ORIGIN);
    assertThat(response.headers().allValues("Access-Control-Allow-Credentials"))
        .containsExactly("true");
    assertThat(response.headers().allValues("Vary")).contains("Origin");
  }

  private static HttpResponse<String> error(HttpResponse<String> response, int status, String code)
      throws Exception {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    JsonNode body = TestClient.json(response);
    assertThat(TestClient.fieldNames(body))
        .containsExactly("error", "message", "request_id", "details");
    assertThat(body.path("error").asText()).isEqualTo(code);
    assertThat(body.path("message").asText()).isNotBlank();
    assertThat(body.path("request_id").asText()).isNotBlank();
    return response;
  }
}
