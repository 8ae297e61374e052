package framewise.server.service.access;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.tls.MachineNames;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients on this machine need no login; clients that only seem to be on it get the sign-in page.
 */
@Timeout(120)
class LocalMeansLocalTest {
  @TempDir static Path folder;
  private static RunningService service;
  private static TestClient client;

  @BeforeAll
  static void start() throws Exception {
    service =
        RunningService.on(
            folder.resolve("data"), ScriptedBackend.echo(), Map.of("BACKEND_HOST", "0.0.0.0"));
    client = service.client();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void loopbackNeedsNoLogin() throws Exception {
    for (String path : List.of("/", "/sessions", "/console/", "/metrics", "/usage", "/docs")) {
      assertThat(client.get(path).statusCode()).as(path).isEqualTo(200);
    }
    for (String host :
        List.of("localhost", "LOCALHOST.", "127.0.0.1:1", "[::1]:8000", "a.localhost")) {
      assertThat(raw("GET /sessions HTTP/1.1", "Host: " + host)).as(host).contains(" 200 ");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Forwarded-For: 127.0.0.1",
        "x-forwarded-host: localhost",
        "X-FORWARDED-PROTO: https",
        "Forwarded: for=127.0.0.1",
        "X-Real-IP: 127.0.0.1",
        "Via: 1.1 proxy",
        "True-Client-IP: 127.0.0.1",
        "CF-Connecting-IP: 127.0.0.1",
        "X-Forwarded-User: root",
        "Remote-User: root"
      })
  void proxiedRequestsAreNotLocal(String header) throws Exception {
    assertThat(raw("GET /sessions HTTP/1.1", "Host: localhost", header)).contains(" 401 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "192.0.2.1",
        "127.1.evil",
        "localhost@evil.example"
      })
  void otherHostsAreNotLocal(String host) throws Exception {
    assertThat(raw("GET /sessions HTTP/1.1", "Host: " + host)).doesNotContain(" 200 ");
  }

  @Test
  void http10IsNotLocal() throws Exception {
    assertThat(raw("GET /sessions HTTP/1.0", "Host: localhost")).contains(" 401 ");
  }

  @Test
  void theHostHeaderCounts() throws Exception {
    assertThat(raw("GET http://localhost/sessions HTTP/1.1", "Host: evil.example"))
        .doesNotContain(" 200 ");
    assertThat(raw("GET http://evil.example/sessions HTTP/1.1", "Host: localhost"))
        .doesNotContain(" 200 ");
  }

  /**
   * Connections from this machine's other addresses count as remote, so the test uses them as other
   * machines.
   */
  @Test
  void otherAddressesGetTheSignInPageOnly() throws Exception {
    for (InetAddress address : MachineNames.current(Optional.empty()).outside()) {
      String host = "Host: " + MachineNames.written(address);
      for (String path :
          List.of("/sessions", "/console/app/app.js", "/openapi.yaml", "/backends", "/ws/a")) {
        assertThat(raw(address, "GET " + path + " HTTP/1.1", host)).as(path).contains(" 401 ");
      }
      assertThat(raw(address, "GET /console/ HTTP/1.1", host, "Accept: text/html"))
          .contains(" 302 ")
          .contains("/sign-in/?next=%2Fconsole%2F");
      for (String path : List.of("/sign-in/", "/sign-in/sign-in.js", "/sign-in/console.css")) {
        assertThat(raw(address, "GET " + path + " HTTP/1.1", host)).as(path).contains(" 200 ");
      }
      assertThat(raw(address, "GET /sign-in/app/app.js HTTP/1.1", host)).contains(" 404 ");
      assertThat(raw(address, "GET /health/live HTTP/1.1", host)).contains(" 200 ");
      assertThat(raw(address, "GET /health/ready HTTP/1.1", host))
          .contains("{\"status\":\"ok\"}")
          .doesNotContain("disk");
      assertThat(
              raw(
                  address,
                  "GET /ws/00000000-0000-4000-8000-000000000000 HTTP/1.1",
                  host,
                  "Upgrade: websocket",
                  "Sec-WebSocket-Version: 13",
                  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="))
          .contains(" 401 ");
      assertThat(raw(address, "GET /api/v0.2/models HTTP/1.1", host, "Authorization: Bearer any"))
          .contains(" 401 ");
    }
  }

  @Test
  void openAccessExcludesAccountsAndKeys() throws Exception {
    try (var open =
        RunningService.on(
            folder.resolve("open"), ScriptedBackend.echo(), Map.of("FRAMEWISE_ACCESS", "open"))) {
      HttpResponse<String> sessions =
          open.client().get("/sessions", "X-Forwarded-For", "192.0.2.9");
      assertThat(sessions.statusCode()).isEqualTo(200);
      for (String path : List.of("/access/accounts", "/access/keys")) {
        assertThat(open.client().get(path).statusCode()).as(path).isEqualTo(403);
      }
    }
  }

  private static String raw(String... lines) throws IOException {
    return raw(InetAddress.ofLiteral("127.0.0.1"), lines);
  }

  /** Sends the request unchanged, and returns the raw response. */
  private static String raw(InetAddress address, String... lines) throws IOException {
    try (var socket = new Socket()) {
      socket.setSoTimeout(30_000);
      socket.connect(new InetSocketAddress(address, client.port()));
      String text = String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n";
      if (text.contains("Upgrade:")) {
        text = text.replace("Connection: close", "Connection: Upgrade");
      }
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      byte[] answer = new byte[64 << 10];
      int length = 0;
      while (length < answer.length) {
        int read = socket.getInputStream().read(answer, length, answer.length - length);
        if (read < 0) {
          break;
        }
        length += read;
        String so = new String(answer, 0, length, StandardCharsets.UTF_8);
        if (text.contains("Upgrade:") && so.contains("\r\n\r\n")) {
          break;
        }
      }
      return new String(answer, 0, length, StandardCharsets.UTF_8);
    }
  }
}
