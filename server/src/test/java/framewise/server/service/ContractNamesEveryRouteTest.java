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
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code openapi.yaml} is the promise: no route without it, nothing in it without a route. */
class ContractNamesEveryRouteTest {
  @TempDir Path folder;

  @Test
  void inBothDirections() throws Exception {
    var promised = new TreeSet<String>();
    contract()
        .getPaths()
        .forEach(
            (path, item) ->
                item.readOperationsMap()
                    .forEach(
                        (PathItem.HttpMethod method, Object o) ->
                            promised.add(method + " " + path)));
    var registered = new TreeSet<String>();
    try (var service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo())) {
      for (Route route : service.service().routes()) {
        registered.add(route.method() + " " + route.path().replace("<path>", "{path}"));
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
    try (var service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo())) {
      TestClient client = service.client();
      Path video = TestVideos.moving(folder, 2);
      var uploaded = client.upload(video);
      String id = TestClient.json(uploaded).path("session_id").asText();
      fits(validator, Request.Method.POST, "/upload-video", uploaded);
      fits(validator, Request.Method.POST, "/upload-video", client.post("/upload-video", "{}"));
      for (String body :
          List.of("{", "{\"prompt\":1}", "{\"prompt\":\"a\",\"backend\":\"openai\"}")) {
        String path = "/start-stream/" + id;
        fits(validator, Request.Method.POST, path, client.post(path, body));
      }
      String start = "/start-stream/" + id;
      fits(
          validator,
          Request.Method.POST,
          start,
          client.post(start, "{\"prompt\":\"a\",\"pace\":\"fast\"}"));
      client.socket("/ws/" + id).untilEnd();
      String update = "/update-prompt/" + id;
      fits(validator, Request.Method.POST, update, client.post(update, "{\"prompt\":\"b\"}"));
      client.post(start, "{\"prompt\":\"a\",\"loop\":true}");
      fits(validator, Request.Method.POST, update, client.post(update, "{\"prompt\":\"b\"}"));
      String stop = "/stop-stream/" + id;
      fits(validator, Request.Method.POST, stop, client.post(stop, ""));
      for (String path :
          List.of(
              "/",
              "/backends",
              "/health/live",
              "/health/ready",
              "/sessions",
              "/sessions/" + id,
              "/sessions/" + id + "/results",
              "/sessions/none",
              "/sessions/none/results",
              "/ws/" + id)) {
        fits(validator, Request.Method.GET, path, client.get(path));
      }
      String session = "/sessions/" + id;
      fits(validator, Request.Method.DELETE, session, client.delete(session));
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
    ValidationReport report = validator.validateResponse(path, method, builder.build());
    assertThat(report.getMessages())
        .as("%s %s %d %s", method, path, response.statusCode(), response.body())
        .isEmpty();
  }

  private static OpenAPI contract() {
    var options = new ParseOptions();
    options.setResolve(true);
    var parsed = new OpenAPIV3Parser().readLocation("api/openapi.yaml", null, options);
    assertThat(parsed.getMessages()).isEmpty();
    return parsed.getOpenAPI();
  }
}
