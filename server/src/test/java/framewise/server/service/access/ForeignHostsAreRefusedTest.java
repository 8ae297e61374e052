package framewise.server.service.access;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.server.service.RawHttp;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Regression: with DNS rebinding, a foreign host name that pointed at this machine had the same
 * origin as the service in every browser.
 */
class ForeignHostsAreRefusedTest {
  private static final String HEAD = "GET %s HTTP/1.1\nHost: %s\nConnection: close\n\n";

  @TempDir static Path folder;
  private static RunningService service;

  @BeforeAll
  static void start() throws Exception {
    service =
        RunningService.on(
            folder.resolve("data"),
            ScriptedBackend.echo(),
            Map.of(
                "FRAMEWISE_PUBLIC_URL",
                "https://fw.example/console/,http://compose-name:8000",
                "FRAMEWISE_ACCESS",
                "open"));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost", "LOCALHOST:8000", "localhost.", "app.localhost:1", "127.0.0.1", "127.0.0.1:9",
        "[::1]", "[::1]:8000", "192.0.2.7:8000", "fw.example", "FW.Example:8443", "fw.example.",
        "compose-name:9999"
      })
  void ownNamesAndAddressesPassWithAnyPort(String host) throws Exception {
    assertThat(status(HEAD.formatted("/sessions", host))).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/sessions",
        "/console/",
        "/events/x",
        "/ws/x",
        "/openapi.yaml",
        "/metrics",
        "/health/live",
        "/nothing",
        "/whip"
      })
  void everyPathRefusesOtherHosts(String path) throws Exception {
    for (String host :
        new String[] {"evil.example", "evil.example:8000", "127.0.0.1.evil.example"}) {
      String answer = RawHttp.exchange(service.client().port(), HEAD.formatted(path, host));
      assertThat(answer)
          .startsWith("HTTP/1.1 421 ")
          .contains("application/problem+json", "\"unknown_host\"", "FRAMEWISE_PUBLIC_URL")
          .contains(host.replaceAll(":.*", ""));
    }
  }

  @Test
  void overshootErrorsHaveTheirOwnFormat() throws Exception {
    String answer =
        RawHttp.exchange(
            service.client().port(), HEAD.formatted("/api/v0.2/models", "evil.example"));
    assertThat(answer).startsWith("HTTP/1.1 421 ").contains("\"error\":\"unknown_host\"");
  }

  @Test
  void webSocketsAreRefused() throws Exception {
    String handshake =
        """
        GET /ws/x HTTP/1.1
        Host: evil.example
        Origin: http://evil.example
        Connection: Upgrade
        Upgrade: websocket
        Sec-WebSocket-Version: 13
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

        """;
    for (String path : new String[] {"/ws/x", "/api/v0.2/ws/streams/x"}) {
      assertThat(status(handshake.replace("/ws/x", path).replace("Upgrade\n", "Upgrade, close\n")))
          .isEqualTo(421);
    }
  }

  @Test
  void forwardedHostsAreIgnored() throws Exception {
    String request =
        """
        GET /sessions HTTP/1.1
        Host: evil.example
        X-Forwarded-Host: localhost
        Forwarded: host=localhost
        X-Forwarded-Proto: https
        Connection: close

        """;
    assertThat(status(request)).isEqualTo(421);
    assertThat(status(request.replace("evil.example", "a").replace("localhost", "a")))
        .isEqualTo(421);
  }

  /**
   * Unlike browsers, programs may send a full URL in the request line: its host is checked like the
   * header's.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET /health/live HTTP/1.0~~|200",
        "GET /health/live HTTP/1.0~Host: evil.example~~|421",
        "GET http://localhost:8000/sessions HTTP/1.1~Host: localhost:8000~Connection: close~~|200",
        "GET http://evil.example/sessions HTTP/1.1~Host: evil.example~Connection: close~~|421",
        "GET http://localhost/sessions HTTP/1.1~Host: evil.example~Connection: close~~|400 421",
        "GET http://evil.example/sessions HTTP/1.1~Host: localhost~Connection: close~~|400 421",
        "GET /sessions HTTP/1.1~Connection: close~~|400",
        "GET /sessions HTTP/1.1~Host:~Connection: close~~|400 421",
        "GET /sessions HTTP/1.1~Host: localhost~Host: evil.example~Connection: close~~|400",
        "GET /sessions HTTP/1.1~Host: localhost, evil.example~Connection: close~~|400 421",
        "GET /sessions HTTP/1.1~Host: localhost@evil.example~Connection: close~~|400 421",
        "GET /sessions HTTP/1.1~Host: evil.example#localhost~Connection: close~~|400 421",
        "GET /sessions HTTP/1.1~Host: localhost:99999~Connection: close~~|400 421",
        "GET /sessions HTTP/1.1~Host: [fe80::1%25eth0]:8000~Connection: close~~|200 400",
      })
  void unusualRequests(String request, String allowed) throws Exception {
    assertThat(allowed).contains(String.valueOf(status(request.replace('~', '\n'))));
  }

  @Test
  void refusalsAreCounted() throws Exception {
    assertThat(status(HEAD.formatted("/", "evil.example"))).isEqualTo(421);
    assertThat(service.client().get("/metrics").body())
        .containsPattern("framewise_requests_refused_total\\{reason=\"host\"\\} [1-9]");
  }

  private static int status(String request) throws Exception {
    return RawHttp.status(RawHttp.exchange(service.client().port(), request));
  }
}
