package framewise.server.service.access;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamedPagesMayUseTheApiTest {
  private static final String ALLOWED = "Access-Control-Allow-Origin";
  private static final String CREDENTIALS = "Access-Control-Allow-Credentials";
  private static final String POLICY = "Cross-Origin-Resource-Policy";

  @TempDir Path folder;

  @Test
  void listedOrigins() throws Exception {
    var only = Map.of("FRAMEWISE_CORS_ORIGINS", "https://a.example:443, http://B.example:8501");
    try (var service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo(), only)) {
      TestClient client = service.client();
      for (String page : new String[] {"http://b.example:8501", "https://a.example"}) {
        for (String path : new String[] {"/", "/sessions", "/nothing", "/sessions/none", "/ws/x"}) {
          var answer = client.get(path, "Origin", page, "Sec-Fetch-Site", "cross-site");
          assertThat(answer.headers().allValues(ALLOWED)).as(path).containsExactly(page);
          assertThat(answer.headers().allValues(POLICY)).containsExactly("cross-origin");
          assertThat(answer.headers().allValues(CREDENTIALS)).isEmpty();
          assertThat(answer.headers().allValues("Vary").toString()).contains("Origin");
        }
        var write = client.to("/stop-stream/none", "Origin", page, "Sec-Fetch-Site", "cross-site");
        assertThat(client.send(write.POST(BodyPublishers.noBody())).statusCode()).isEqualTo(404);
      }
      var stranger = client.get("/", "Origin", "http://b.example");
      assertThat(stranger.statusCode()).isEqualTo(403);
      assertThat(stranger.headers().allValues(ALLOWED)).isEmpty();
    }
  }

  @Test
  void everyOriginIfConfigured() throws Exception {
    var all = Map.of("FRAMEWISE_CORS_ORIGINS", "*", "FRAMEWISE_API_KEYS", "a_key_of_tests");
    try (var service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo(), all)) {
      TestClient client = service.client();
      for (String path : new String[] {"/", "/sessions", "/nothing", "/sessions/none", "/ws/x"}) {
        var answer = client.get(path, "Origin", "http://console.example:8501");
        assertThat(answer.headers().allValues(ALLOWED)).as(path).containsExactly("*");
        assertThat(answer.headers().allValues(CREDENTIALS)).isEmpty();
      }
      // Running in a browser on this machine gives such a page no rights; a known key does.
      assertThat(stop(client, "Accept", "*/*")).isEqualTo(401);
      assertThat(stop(client, "Authorization", "Bearer any_key")).isEqualTo(401);
      assertThat(stop(client, "Authorization", "Bearer a_key_of_tests")).isEqualTo(404);
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

  /** Behind a proxy that ends TLS, browsers and the service see different origins. */
  @Test
  void theOriginOfThePublicUrl() throws Exception {
    var proxied = Map.of("FRAMEWISE_PUBLIC_URL", "https://fw.example/");
    try (var service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo(), proxied)) {
      TestClient client = service.client();
      var own =
          client.to(
              "/stop-stream/none", "Origin", "https://fw.example", "Sec-Fetch-Site", "same-origin");
      assertThat(client.send(own.POST(BodyPublishers.noBody())).statusCode()).isEqualTo(404);
      for (String other : new String[] {"http://fw.example", "https://fw.example:8443"}) {
        var request = client.to("/stop-stream/none", "Origin", other);
        assertThat(client.send(request.POST(BodyPublishers.noBody())).statusCode()).isEqualTo(403);
      }
    }
  }

  private static int stop(TestClient client, String header, String value) throws Exception {
    var request =
        client.to("/stop-stream/none", "Origin", "https://console.example", header, value);
    return client.send(request.POST(BodyPublishers.noBody())).statusCode();
  }
}
