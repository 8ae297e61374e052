package framewise.server.service.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import framewise.server.service.AccessFixture;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Regression: behind a proxy, one client took the slots of all, because the limits counted the
 * proxy's address.
 */
@Timeout(120)
class LimitsCountTheRealClientTest {
  private static final String PROXY = "127.0.0.2";
  private static final Map<String, String> SETTINGS =
      Map.of(
          "FRAMEWISE_ACCESS", "open",
          "FRAMEWISE_TRUST_PROXY", PROXY,
          "FRAMEWISE_MAX_CONNECTIONS", "40");

  @TempDir Path folder;
  private final List<Socket> held = new ArrayList<>();

  @Test
  void forConcurrentRequests() throws Exception {
    try (var service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo(), SETTINGS);
        var proxy = new TestClient(service.client().port(), PROXY)) {
      String id =
          service.client().stream(
              TestVideos.moving(folder, 2),
              "{\"prompt\":\"a\",\"loop\":true,\"delay_seconds\":60}");
      for (int i = 0; i < 20; i++) {
        Socket events = open(service, "GET /events/" + id, "203.0.113.7", "");
        assertThat(events.getInputStream().read()).isEqualTo('H');
      }
      HttpResponse<String> more = proxy.get("/sessions", "X-Forwarded-For", "203.0.113.7");
      assertThat(more.statusCode()).isEqualTo(503);
      assertThat(more.headers().firstValue("Retry-After")).contains("5");
      assertThat(more.headers().firstValue("Content-Type")).contains("application/problem+json");
      // A forwarding header from the client itself does not make it count as another client.
      assertThat(
              proxy.get("/sessions", "X-Forwarded-For", "198.51.100.9, 203.0.113.7").statusCode())
          .isEqualTo(503);
      assertThat(proxy.get("/sessions", "X-Forwarded-For", "203.0.113.8").statusCode())
          .isEqualTo(200);
      assertThat(service.client().get("/metrics").body())
          .contains("framewise_requests_refused_total{reason=\"requests\"} 2");
      release();
      // Slots are free again once the requests are over.
      await()
          .until(
              () -> proxy.get("/sessions", "X-Forwarded-For", "203.0.113.7").statusCode() == 200);
    } finally {
      release();
    }
  }

  @Test
  void forUploads() throws Exception {
    var settings = Map.of("FRAMEWISE_ACCESS", "open", "FRAMEWISE_TRUST_PROXY", PROXY);
    try (var service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo(), settings);
        var proxy = new TestClient(service.client().port(), PROXY)) {
      for (int i = 0; i < 16; i++) {
        open(
            service,
            "POST /upload-video",
            "203.0.113.7",
            "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 100000\r\n");
      }
      await().until(() -> service.client().get("/metrics").body().contains("framewise_uploads 16"));
      HttpResponse<String> more = upload(proxy, "203.0.113.7");
      assertThat(more.statusCode()).isEqualTo(503);
      assertThat(more.headers().firstValue("Retry-After")).contains("5");
      assertThat(upload(proxy, "203.0.113.8").statusCode()).isEqualTo(200);
    } finally {
      release();
    }
  }

  @Test
  void onlyProxiesCanNameAnotherClient() throws Exception {
    try (var service =
        RunningService.on(
            folder.resolve("data"),
            ScriptedBackend.echo(),
            Map.of("FRAMEWISE_TRUST_PROXY", PROXY))) {
      var _ = new AccessFixture(service.client());
      HttpResponse<String> answer;
      int attempts = 0;
      do {
        attempts++;
        answer =
            service
                .client()
                .send(
                    service
                        .client()
                        .to(
                            "/access/sign-in",
                            "Content-Type",
                            "application/json",
                            "X-Forwarded-For",
                            "203.0.113." + attempts)
                        .POST(
                            BodyPublishers.ofString(
                                "{\"name\":\"Ada\",\"password\":\"not the password\"}")));
      } while (answer.statusCode() == 401 && attempts < 10);
      assertThat(answer.statusCode()).isEqualTo(429);
      assertThat(answer.headers().firstValue("Retry-After").orElseThrow()).matches("[1-9]\\d*");
    }
  }

  private HttpResponse<String> upload(TestClient proxy, String client) throws Exception {
    return proxy.send(
        proxy
            .to(
                "/upload-video",
                "X-Forwarded-For",
                client,
                "Content-Type",
                "multipart/form-data; boundary=" + TestClient.boundary())
            .POST(
                TestClient.form(
                    "file", "a.mp4", BodyPublishers.ofFile(TestVideos.moving(folder, 2)))));
  }

  private Socket open(RunningService service, String line, String client, String headers)
      throws IOException {
    var socket =
        new Socket(
            InetAddress.ofLiteral("127.0.0.1"),
            service.client().port(),
            InetAddress.ofLiteral(PROXY),
            0);
    held.add(socket);
    socket
        .getOutputStream()
        .write(
            "%s HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: %s\r\n%s\r\n"
                .formatted(line, client, headers)
                .getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private void release() throws IOException {
    for (Socket socket : held) {
      socket.close();
    }
  }
}
