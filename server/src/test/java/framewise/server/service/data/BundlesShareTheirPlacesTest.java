package framewise.server.service.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import framewise.server.service.AccessFixture;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** No caller can use both slots, and slots are free again after a client disconnects. */
@Timeout(180)
class BundlesShareTheirPlacesTest {
  private static final int MANY = 1_000_000;

  @TempDir Path folder;

  @Test
  void oneOpenBundlePerCaller() throws Exception {
    try (var service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo())) {
      TestClient client = service.client();
      byte[] slow = slow(client);
      long sessions = sessions(client);
      var access = new AccessFixture(client);
      String[] greedy = access.key("operator");
      String[] other = access.key("operator");
      try (Socket socket = send(client.port(), slow, greedy)) {
        await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> openJunk(client, greedy).statusCode() == 429);
        HttpResponse<String> refused = openJunk(client, greedy);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).contains("too_many_bundles", "already opening another bundle");
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(openJunk(client, other).statusCode()).isEqualTo(422);
        assertThat(socket.isConnected()).isTrue();
      }
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> openJunk(client, greedy).statusCode() == 422);
      assertThat(
              TestClient.json(client.get("/sessions", access.admin().headers())).path("sessions"))
          .hasSize((int) sessions);
    }
  }

  private static long sessions(TestClient client) throws Exception {
    return TestClient.json(client.get("/sessions")).path("sessions").size();
  }

  private static HttpResponse<String> openJunk(TestClient client, String... headers)
      throws Exception {
    return client.send(
        client
            .to(
                "/sessions/bundle",
                Stream.concat(
                        Stream.of(headers),
                        Stream.of(
                            "Content-Type",
                            "multipart/form-data; boundary=" + TestClient.boundary()))
                    .toArray(String[]::new))
            .POST(TestClient.form("file", "bundle.zip", BodyPublishers.ofString("no zip"))));
  }

  /** Sends a bundle without waiting for the response. */
  private static Socket send(int port, byte[] bundle, String... headers) throws Exception {
    var socket = new Socket(InetAddress.getLoopbackAddress(), port);
    byte[] head =
        "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"b.zip\"\r\n\r\n"
            .formatted(TestClient.boundary())
            .getBytes(StandardCharsets.UTF_8);
    byte[] end = TestClient.end().getBytes(StandardCharsets.UTF_8);
    var request =
        new StringBuilder("POST /sessions/bundle HTTP/1.1\r\nHost: localhost\r\n")
            .append("Content-Type: multipart/form-data; boundary=")
            .append(TestClient.boundary())
            .append("\r\nContent-Length: ")
            .append(head.length + bundle.length + end.length)
            .append("\r\n");
    for (int i = 0; i < headers.length; i += 2) {
      request.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
    }
    OutputStream out = socket.getOutputStream();
    out.write(request.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
    out.write(head);
    out.write(bundle);
    out.write(end);
    out.flush();
    return socket;
  }

  /** A bundle that takes minutes to open. */
  private byte[] slow(TestClient client) throws Exception {
    String id = client.stream(TestVideos.moving(folder, 2), "{\"prompt\":\"a\",\"pace\":\"fast\"}");
    client.socket("/ws/" + id).untilEnd();
    byte[] small = client.sendForBytes(client.to("/sessions/" + id + "/bundle.zip").GET()).body();
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (var zip = new ZipInputStream(new ByteArrayInputStream(small))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), zip.readAllBytes());
      }
    }
    String line =
        new String(entries.remove("events.jsonl"), StandardCharsets.UTF_8)
            .lines()
            .findFirst()
            .orElseThrow();
    String[] around = line.split("\"seq\":1", 2);
    entries.computeIfPresent(
        "manifest.json",
        (name, json) ->
            new String(json, StandardCharsets.UTF_8)
                .replaceFirst("\"last_seq\":\\d+", "\"last_seq\":" + MANY)
                .getBytes(StandardCharsets.UTF_8));
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("events.jsonl"));
      for (int seq = 1; seq <= MANY; seq++) {
        zip.write(
            (around[0] + "\"seq\":" + seq + around[1] + "\n").getBytes(StandardCharsets.UTF_8));
      }
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
    return bytes.toByteArray();
  }
}
