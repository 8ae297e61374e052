package framewise.server.service.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.model.Request;
import framewise.server.http.Route;
import framewise.server.service.Build;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.overshoot.OvershootClient;
import framewise.server.service.publish.VideoSender;
import io.swagger.v3.oas.models.PathItem;
import java.nio.file.Path;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Overshoot API keeps the contract {@code overshoot.yaml}, under each base path. */
class ContractOfOvershootHoldsTest {
  private static final Contract CONTRACT = new Contract("overshoot.yaml", "/api/v0.2");

  @TempDir Path folder;

  @Test
  void itListsExactlyTheRoutes() throws Exception {
    var promised = new TreeSet<String>();
    CONTRACT
        .document()
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
      for (Route route : service.overshootRoutes()) {
        registered.add(route.method() + " " + route.path());
      }
    }
    assertThat(registered).hasSizeGreaterThan(20);
    assertThat(promised).isEqualTo(registered);
  }

  @Test
  void theVersionIsThatOfTheBuild() {
    assertThat(CONTRACT.document().getInfo().getVersion()).isEqualTo(Build.current().version());
  }

  @Test
  void responsesMatchTheContract() throws Exception {
    try (var service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo());
        var sender = new VideoSender()) {
      var app = new OvershootClient(service.client(), OvershootClient.KEY);
      var created = app.create(OvershootClient.quickOrder(sender.offer()));
      assertThat(created.statusCode()).isEqualTo(201);
      CONTRACT.fits(Request.Method.POST, "/streams", created);
      String stream = "/streams/" + TestClient.json(created).required("stream_id").asText();
      CONTRACT.fits(Request.Method.POST, "/streams", app.call("POST", "/streams", "{}"));
      CONTRACT.fits(
          Request.Method.POST, stream + "/keepalive", app.call("POST", stream + "/keepalive", ""));
      String prompt = stream + "/config/prompt";
      for (String body : new String[] {"{\"prompt\":\"b\"}", "{\"prompt\":\"\"}", "["}) {
        CONTRACT.fits(Request.Method.PATCH, prompt, app.call("PATCH", prompt, body));
      }
      String feedback = stream + "/feedback";
      for (String body : new String[] {"{\"rating\":5,\"category\":\"a\"}", "{\"rating\":11}"}) {
        CONTRACT.fits(Request.Method.POST, feedback, app.call("POST", feedback, body));
      }
      for (String path :
          new String[] {
            "/streams/feedback", "/models", "/healthz", "/docs", stream + "/info", "/streams/x/info"
          }) {
        CONTRACT.fits(Request.Method.GET, path, app.get(path));
      }
      for (String path : new String[] {stream + "/spectate", "/chat/completions/clip"}) {
        CONTRACT.fits(Request.Method.POST, path, app.call("POST", path, ""));
      }
      String socket = "/ws" + stream;
      CONTRACT.fits(Request.Method.GET, socket, app.get(socket));
      for (int times = 0; times < 2; times++) {
        CONTRACT.fits(Request.Method.DELETE, stream, app.call("DELETE", stream, ""));
      }
    }
  }
}
