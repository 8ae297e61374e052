package framewise.server.service.access;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.server.service.EventClient;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Regression: without accounts and keys the Overshoot API accepts any key, so any web site in a
 * browser on this machine could use it: it could spend money through the providers' keys and read
 * the answers.
 */
class ForeignPagesNeedAKnownKeyTest {
  private static final String MODELS = "/api/v0.2/models";
  private static final Map<String, String> KEYS = Map.of("FRAMEWISE_API_KEYS", "a_key_of_tests");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example",
        "http://localhost.evil.example",
        "http://127.0.0.1.evil.example",
        "http://192.168.1.20:8000",
        "null",
        "file://",
      })
  void inventedKeysAreRefused(String origin) throws Exception {
    for (var access : new String[] {"protected", "open"}) {
      try (var service = service(Map.of("FRAMEWISE_ACCESS", access))) {
        TestClient client = service.client();
        assertThat(models(client, "any", origin)).isEqualTo(401);
        assertThat(start(client, "any", origin)).isEqualTo(401);
        assertThat(hello(client, origin)).contains("this API key is not accepted");
        assertThat(client.get(MODELS, "Sec-Fetch-Site", "cross-site").statusCode()).isEqualTo(401);
      }
    }
  }

  @Test
  void aKnownKeyWorksOnEveryPage() throws Exception {
    try (var service = service(KEYS)) {
      assertThat(models(service.client(), "a_key_of_tests", "https://app.example")).isEqualTo(200);
      assertThat(models(service.client(), "any", "https://app.example")).isEqualTo(401);
      assertThat(models(service.client(), "any", "http://localhost:5173")).isEqualTo(401);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:5173",
        "http://127.0.0.1:3000",
        "http://[::1]:3000",
        "https://app.localhost",
      })
  void pagesOnLoopbackNeedNone(String origin) throws Exception {
    try (var service = service(Map.of())) {
      assertThat(models(service.client(), "any", origin)).isEqualTo(200);
      assertThat(start(service.client(), "any", origin)).isEqualTo(422);
    }
  }

  @Test
  void listedPagesNeedNone() throws Exception {
    try (var service = service(Map.of("FRAMEWISE_CORS_ORIGINS", "https://app.example"))) {
      assertThat(models(service.client(), "any", "https://app.example")).isEqualTo(200);
      assertThat(models(service.client(), "any", "https://evil.example")).isEqualTo(401);
    }
  }

  private RunningService service(Map<String, String> settings) throws Exception {
    return RunningService.on(folder.resolve("data"), ScriptedBackend.echo(), settings);
  }

  private static int models(TestClient client, String key, String origin) throws Exception {
    return client.get(MODELS, "Authorization", "Bearer " + key, "Origin", origin).statusCode();
  }

  private static int start(TestClient client, String key, String origin) throws Exception {
    var request =
        client.to(
            "/api/v0.2/streams",
            "Content-Type",
            "application/json",
            "Authorization",
            "Bearer " + key,
            "Origin",
            origin);
    return client.send(request.POST(BodyPublishers.ofString("{}"))).statusCode();
  }

  /** Close code of a socket that sends an invented key. */
  private static String hello(TestClient client, String origin) throws Exception {
    EventClient socket = client.socket("/api/v0.2/ws/streams/none", "Origin", origin);
    socket.say("{\"api_key\":\"any\"}");
    return socket.closed().reason();
  }
}
