package framewise.server.service.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.model.Request;
import framewise.server.http.Route;
import framewise.server.service.Build;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import io.swagger.v3.oas.models.PathItem;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code openapi.yaml} and the service have the same routes. */
class ContractNamesEveryRouteTest {
  private static final Contract CONTRACT = new Contract("openapi.yaml", "");

  @TempDir Path folder;

  @Test
  void inBothDirections() throws Exception {
    var promised = new TreeSet<String>();
    CONTRACT
        .document()
        .getPaths()
        .forEach(
            (path, item) ->
                item.readOperationsMap()
                    .forEach(
                        (PathItem.HttpMethod method, Object o) ->
                            promised.add(method + " " + path)));
    var registered = new TreeSet<String>();
    try (var service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo())) {
      for (Route route : service.routes()) {
        registered.add(route.method() + " " + route.path().replace("<path>", "{path}"));
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
    try (var service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo())) {
      TestClient client = service.client();
      Path video = TestVideos.moving(folder, 2);
      var uploaded = client.upload(video);
      String id = TestClient.json(uploaded).path("session_id").asText();
      CONTRACT.fits(Request.Method.POST, "/upload-video", uploaded);
      CONTRACT.fits(Request.Method.POST, "/upload-video", client.post("/upload-video", "{}"));
      for (String body :
          List.of("{", "{\"prompt\":1}", "{\"prompt\":\"a\",\"backend\":\"openai\"}")) {
        String path = "/start-stream/" + id;
        CONTRACT.fits(Request.Method.POST, path, client.post(path, body));
      }
      String start = "/start-stream/" + id;
      CONTRACT.fits(
          Request.Method.POST, start, client.post(start, "{\"prompt\":\"a\",\"pace\":\"fast\"}"));
      client.socket("/ws/" + id).untilEnd();
      String update = "/update-prompt/" + id;
      CONTRACT.fits(Request.Method.POST, update, client.post(update, "{\"prompt\":\"b\"}"));
      client.post(start, "{\"prompt\":\"a\",\"loop\":true}");
      CONTRACT.fits(Request.Method.POST, update, client.post(update, "{\"prompt\":\"b\"}"));
      String stop = "/stop-stream/" + id;
      CONTRACT.fits(Request.Method.POST, stop, client.post(stop, ""));
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
        CONTRACT.fits(Request.Method.GET, path, client.get(path));
      }
      for (String form : List.of("", ".jsonl", ".csv", ".vtt", ".srt")) {
        String results = "/sessions/" + id + "/results" + form;
        CONTRACT.fits(Request.Method.GET, results, client.get(results + "?name=nobody"));
      }
      String session = "/sessions/" + id;
      CONTRACT.fits(Request.Method.DELETE, session, client.delete(session));
    }
  }
}
