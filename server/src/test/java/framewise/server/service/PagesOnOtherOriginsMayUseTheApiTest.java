package framewise.server.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PagesOnOtherOriginsMayUseTheApiTest {
  private static final String ALLOWED = "Access-Control-Allow-Origin";

  @TempDir Path folder;

  @Test
  void allOfThemUnlessSaidOtherwise() throws Exception {
    try (var service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo())) {
      TestClient client = service.client();
      for (String path : new String[] {"/", "/sessions", "/nothing", "/sessions/none", "/ws/x"}) {
        var answer = client.get(path, "Origin", "http://console.example:8501");
        assertThat(answer.headers().allValues(ALLOWED)).as(path).containsExactly("*");
      }

      HttpResponse<String> preflight =
          client.send(
              client
                  .to(
                      "/start-stream/x",
                      "Origin",
                      "https://console.example",
                      "Access-Control-Request-Method",
                      "POST",
                      "Access-Control-Request-Headers",
                      "content-type,x-own")
                  .method("OPTIONS", BodyPublishers.noBody()));
      assertThat(preflight.statusCode()).isEqualTo(204);
      assertThat(preflight.headers().firstValue("Access-Control-Allow-Methods"))
          .get()
          .asString()
          .contains("POST", "DELETE");
      assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers"))
          .contains("content-type,x-own");
    }
  }

  @Test
  void thoseListed() throws Exception {
    var only = Map.of("FRAMEWISE_CORS_ORIGINS", "https://a.example, http://b.example:8501");
    try (var service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo(), only)) {
      TestClient client = service.client();
      assertThat(client.get("/", "Origin", "http://b.example:8501").headers().allValues(ALLOWED))
          .containsExactly("http://b.example:8501");
      var stranger = client.get("/", "Origin", "http://b.example");
      assertThat(stranger.headers().allValues(ALLOWED)).isEmpty();
      assertThat(stranger.headers().allValues("Vary").toString()).contains("Origin");
    }
  }

  @Test
  void optionsTellsWhatAPathTakes() throws Exception {
    try (var service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo())) {
      var options =
          service
              .client()
              .send(
                  service.client().to("/upload-video").method("OPTIONS", BodyPublishers.noBody()));
      assertThat(options.statusCode()).isEqualTo(204);
      assertThat(options.headers().firstValue("Allow")).contains("OPTIONS, POST");
    }
  }
}
