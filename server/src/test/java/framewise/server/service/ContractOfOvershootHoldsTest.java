package framewise.server.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import framewise.server.http.Route;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code overshoot.yaml} is the promise to apps of Overshoot, under each base path. */
class ContractOfOvershootHoldsTest {
  @TempDir Path folder;

  @Test
  void noRouteIsMissingAndNoneIsTooMany() throws Exception {
    var promised = new TreeSet<String>();
    contract()
        .getPaths()
        .forEach(
            (path, item) ->
                item.readOperationsMap()
                    .forEach(
                        (PathItem.HttpMethod method, Object o) -> {
                          promised.add(method + " /api/v0.2" + path);
                          promised.add(method + " /v0.2" + path);
                        }));
    var registered = new TreeSet<String>();
    try (var service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo())) {
      for (Route route : service.service().overshootRoutes()) {
        registered.add(route.method() + " " + route.path());
      }
    }
    assertThat(registered).hasSizeGreaterThan(20);
    assertThat(promised).isEqualTo(registered);
  }

  @Test
  void versionIsThatOfTheBuild() {
    assertThat(contract().getInfo().getVersion()).isEqualTo(Build.current().version());
  }

  @Test
  void realAnswersFitIt() throws Exception {
    var validator =
        OpenApiInteractionValidator.createFor(contract())
            .withLevelResolver(
                LevelResolver.create()
                    .withLevel(
                        "validation.schema.additionalProperties", ValidationReport.Level.IGNORE)
                    .build())
            .build();
    try (var service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo());
        var sender = new VideoSender()) {
      var app = new OvershootClient(service.client(), OvershootClient.KEY);
      var created = app.create(OvershootClient.quickOrder(sender.offer()));
      assertThat(created.statusCode()).isEqualTo(201);
      fits(validator, Request.Method.POST, "/streams", created);
      String stream = "/streams/" + TestClient.json(created).required("stream_id").asText();
      fits(validator, Request.Method.POST, "/streams", app.call("POST", "/streams", "{}"));
      fits(
          validator,
          Request.Method.POST,
          stream + "/keepalive",
          app.call("POST", stream + "/keepalive", ""));
      String prompt = stream + "/config/prompt";
      for (String body : new String[] {"{\"prompt\":\"b\"}", "{\"prompt\":\"\"}", "["}) {
        fits(validator, Request.Method.PATCH, prompt, app.call("PATCH", prompt, body));
      }
      String feedback = stream + "/feedback";
      for (String body : new String[] {"{\"rating\":5,\"category\":\"a\"}", "{\"rating\":11}"}) {
        fits(validator, Request.Method.POST, feedback, app.call("POST", feedback, body));
      }
      for (String path :
          new String[] {
            "/streams/feedback", "/models", "/healthz", "/docs", stream + "/info", "/streams/x/info"
          }) {
        fits(validator, Request.Method.GET, path, app.get(path));
      }
      for (String path : new String[] {stream + "/spectate", "/chat/completions/clip"}) {
        fits(validator, Request.Method.POST, path, app.call("POST", path, ""));
      }
      String socket = "/ws" + stream;
      fits(validator, Request.Method.GET, socket, app.get(socket));
      for (int times = 0; times < 2; times++) {
        fits(validator, Request.Method.DELETE, stream, app.call("DELETE", stream, ""));
      }
    }
  }

  private static void fits(
      OpenApiInteractionValidator validator,
      Request.Method method,
      String path,
      HttpResponse<String> response) {
    var builder = SimpleResponse.Builder.status(response.statusCode());
    response.headers().map().forEach((name, values) -> builder.withHeader(name, values));
    if (!response.body().isEmpty()) {
      builder.withBody(response.body());
    }
    ValidationReport report =
        validator.validateResponse("/api/v0.2" + path, method, builder.build());
    assertThat(report.getMessages())
        .as("%s %s %d %s", method, path, response.statusCode(), response.body())
        .isEmpty();
  }

  private static OpenAPI contract() {
    var options = new ParseOptions();
    options.setResolve(true);
    var parsed = new OpenAPIV3Parser().readLocation("api/overshoot.yaml", null, options);
    assertThat(parsed.getMessages()).isEmpty();
    return parsed.getOpenAPI();
  }
}
