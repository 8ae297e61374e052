package framewise.server.service.overshoot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Errors of starts that Overshoot.ai refuses. */
class OvershootErrorsHaveTheOriginalTextsTest {
  private static final String KEY = "ovs_a_key_that_must_not_be_seen";

  @TempDir Path folder;

  @Test
  void withoutAKey() throws Exception {
    try (var service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo())) {
      var refused = start(service.client(), "overshoot");
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(detail(refused))
          .startsWith("OVERSHOOT_API_KEY must be provided")
          .contains(".env", "builtin");
    }
  }

  @Test
  void whenTheServiceIsUnreachable() throws Exception {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    refused(port, 502, "Failed to connect to Overshoot.ai", "OVERSHOOT_API_URL");
  }

  @Test
  void whenTheServiceTimesOut() throws Exception {
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      refused(
          silent.getLocalPort(), 504, "Timeout connecting to Overshoot.ai", "try again in a few");
    }
  }

  @Test
  void whenTheKeyIsRefused() throws Exception {
    answering(
        401,
        "{\"error\":\"unauthorized\",\"message\":\"no such key: " + KEY + "\"}",
        502,
        "Overshoot.ai refused the API key",
        "check OVERSHOOT_API_KEY");
  }

  @Test
  void withoutCredit() throws Exception {
    answering(
        402,
        "{\"error\":\"insufficient_credits\"}",
        502,
        "The Overshoot.ai account has no credits left");
  }

  @Test
  void withTooManyStreams() throws Exception {
    answering(
        429,
        "{\"error\":\"too_many\"}",
        502,
        "The API key has reached Overshoot.ai's limit of open streams");
  }

  @Test
  void whenTheApiIsRetired() throws Exception {
    answering(404, "<h1>Not Found</h1>", 502, "Failed to connect to Overshoot.ai", "v1beta");
  }

  @Test
  void whenTheSettingsAreRefused() throws Exception {
    try (var service = service(1)) {
      TestClient client = service.client();
      String id = client.uploaded(TestVideos.moving(folder, 1));
      var refused =
          client.post("/start-stream/" + id, "{\"prompt\":\"a\",\"sampling_ratio\":0.05}");
      assertThat(refused.statusCode()).isEqualTo(422);
      assertThat(detail(refused)).contains("sampling_ratio is 0.05 but must be 0.1 to 1");
    }
  }

  private void answering(int status, String body, int expected, String... words) throws Exception {
    var far = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    far.createContext(
        "/",
        exchange -> {
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    far.start();
    try {
      refused(far.getAddress().getPort(), expected, words);
    } finally {
      far.stop(0);
    }
  }

  private void refused(int port, int status, String... words) throws Exception {
    try (var service = service(port)) {
      var refused = start(service.client(), "overshoot");
      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(status);
      assertThat(detail(refused)).startsWith(words[0]).contains(words).doesNotContain(KEY);
      var session = TestClient.json(service.client().get("/sessions"));
      assertThat(session.path("sessions").path(0).path("status").asText()).isEqualTo("uploaded");
    }
  }

  private RunningService service(int port) throws Exception {
    return RunningService.on(
        folder.resolve("data"),
        ScriptedBackend.echo(),
        Map.of(
            "OVERSHOOT_API_KEY",
            KEY,
            "OVERSHOOT_API_URL",
            "http://127.0.0.1:%d/api/v0.2".formatted(port),
            "OVERSHOOT_TIMEOUT_SECONDS",
            "1"));
  }

  private HttpResponse<String> start(TestClient client, String backend)
      throws IOException, InterruptedException {
    String id = client.uploaded(TestVideos.moving(folder, 1));
    return client.post(
        "/start-stream/" + id, "{\"prompt\":\"a\",\"backend\":\"%s\"}".formatted(backend));
  }

  private static String detail(HttpResponse<String> response) throws IOException {
    JsonNode json = TestClient.json(response);
    return json.path("detail").asText();
  }
}
