package framewise.server.service.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.server.service.RawHttp;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Regression: after 36 starts with a schema of 980 KB, the list of sessions failed permanently. */
class RequestsTakeLittleMemoryTest {
  @TempDir Path folder;

  @Test
  void schemasAreLimitedAndNotRepeatedInLists() throws Exception {
    try (var service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo())) {
      TestClient client = service.client();
      String id = client.uploaded(TestVideos.moving(folder, 2));
      String path = "/start-stream/" + id;
      for (String body :
          new String[] {
            "{\"prompt\":\"a\",\"output_schema\":%s}".formatted(schema(65_600)),
            "{\"prompts\":[{\"name\":\"x\",\"prompt\":\"a\",\"output_schema\":%s}]}"
                .formatted(schema(65_600))
          }) {
        var refused = client.post(path, body);
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(TestClient.json(refused).path("detail").asText())
            .contains("output_schema is 65 KB long but must be at most 64 KB");
      }
      String prompt = "b".repeat(1_000);
      var accepted =
          client.post(
              path,
              "{\"prompt\":\"%s\",\"system\":\"c\",\"output_schema\":%s}"
                  .formatted(prompt, schema(60_000)));
      assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(200);

      JsonNode listed = TestClient.json(client.get("/sessions")).at("/sessions/0/settings");
      assertThat(listed.path("prompt").asText()).isEqualTo("b".repeat(200) + "…");
      assertThat(listed.has("output_schema")).isFalse();
      assertThat(listed.has("system")).isFalse();
      JsonNode one = TestClient.json(client.get("/sessions/" + id)).path("settings");
      assertThat(one.path("prompt").asText()).isEqualTo(prompt);
      assertThat(one.path("output_schema").path("description").asText()).hasSizeGreaterThan(59_000);
      assertThat(one.path("system").asText()).isEqualTo("c");
    }
  }

  @Test
  void oversizedSettingsOfEarlierVersionsAreListed() throws Exception {
    Path data = folder.resolve("data");
    String id;
    try (var service = RunningService.on(data, ScriptedBackend.echo())) {
      id =
          service.client().stream(
              TestVideos.moving(folder, 2),
              "{\"prompt\":\"a\",\"pace\":\"fast\",\"output_schema\":{\"type\":\"object\"}}");
      service.client().socket("/ws/" + id).untilEnd();
    }
    try (var database = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("framewise.db"));
        var update =
            database.prepareStatement(
                "UPDATE session SET settings = replace(settings, '{\"type\":\"object\"}', ?)")) {
      update.setString(1, schema(980_000));
      assertThat(update.executeUpdate()).isEqualTo(1);
    }
    try (var service = RunningService.on(data, ScriptedBackend.echo())) {
      var list = service.client().get("/sessions");
      assertThat(list.statusCode()).isEqualTo(200);
      assertThat(list.body()).hasSizeLessThan(10_000).contains(id);
      var one = service.client().get("/sessions/" + id);
      assertThat(one.body()).hasSizeLessThan(10_000).contains("\"prompt\":\"a\"");
    }
  }

  @Test
  void compressedBodiesAndLargeHeadersAreRefused() throws Exception {
    try (var service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo())) {
      TestClient client = service.client();
      String path = "/start-stream/" + client.uploaded(TestVideos.moving(folder, 2));
      String deep = "[".repeat(2_000) + "]".repeat(2_000);
      String wide =
          IntStream.range(0, 100_000).mapToObj(i -> "0").collect(Collectors.joining(",", "[", "]"));
      for (String value : new String[] {deep, wide, "1".repeat(1_000), "1e" + "9".repeat(200)}) {
        var refused = client.post(path, "{\"prompt\":\"a\",\"x\":%s}".formatted(value));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(TestClient.json(refused).path("code").asText()).isEqualTo("invalid_request");
      }
      String whip = "/whip?fps=" + "9".repeat(20_000);
      var order =
          client.send(
              client
                  .to(whip, "Content-Type", "application/sdp")
                  .POST(BodyPublishers.ofString("v=0")));
      assertThat(order.statusCode()).isIn(400, 422);

      String method = "POT" + "X".repeat(20);
      var unknown = client.send(client.to("/sessions").method(method, BodyPublishers.noBody()));
      assertThat(unknown.statusCode()).isEqualTo(501);
      assertThat(client.get("/metrics").body()).doesNotContain(method);

      String handshake =
          """
          GET /ws/x HTTP/1.1
          Host: localhost
          Connection: Upgrade, close
          Upgrade: websocket
          Sec-WebSocket-Version: 13
          Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
          Sec-WebSocket-Protocol: %s

          """
              .formatted("a".repeat(50 << 10));
      assertThat(RawHttp.exchange(client.port(), handshake))
          .startsWith("HTTP/1.1 400 ")
          .contains("application/problem+json", "Sec-WebSocket-Protocol");
      var preflight =
          client.send(
              client
                  .to(
                      "/api/v0.2/streams",
                      "Origin",
                      "https://app.example",
                      "Access-Control-Request-Method",
                      "POST",
                      "Access-Control-Request-Headers",
                      "a".repeat(50 << 10))
                  .method("OPTIONS", BodyPublishers.noBody()));
      assertThat(preflight.statusCode()).isEqualTo(204);
    }
  }

  /**
   * Seen: 740 sockets that negotiated compression left 300 MB of native memory allocated
   * permanently.
   */
  @Test
  void socketsAreNotCompressed() throws Exception {
    try (var service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo())) {
      TestClient client = service.client();
      String handshake =
          """
          GET /ws/%s HTTP/1.1
          Host: localhost
          Connection: Upgrade
          Upgrade: websocket
          Sec-WebSocket-Version: 13
          Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
          Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits

          """
              .formatted(client.uploaded(TestVideos.moving(folder, 2)));
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), client.port())) {
        socket
            .getOutputStream()
            .write(handshake.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
        var lines =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        List<String> head = lines.lines().takeWhile(line -> !line.isEmpty()).toList();
        assertThat(head.getFirst()).startsWith("HTTP/1.1 101 ");
        assertThat(head)
            .noneMatch(line -> line.toLowerCase(Locale.ROOT).contains("permessage-deflate"));
      }
    }
  }

  private static String schema(int length) {
    return "{\"type\":\"object\",\"description\":\"%s\"}".formatted("d".repeat(length));
  }
}
