package framewise.server.service.access;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.server.service.RawHttp;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Regression: any web site in a visitor's browser could read, start, stop and delete everything.
 */
class ForeignPagesAreRefusedTest {
  private static final String EVIL = "https://evil.example";
  private static final String ALLOWED = "Access-Control-Allow-Origin";

  @TempDir static Path folder;
  private static RunningService service;
  private static TestClient client;
  private static String id;

  @BeforeAll
  static void start() throws Exception {
    service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo());
    client = service.client();
    id = client.uploaded(TestVideos.moving(folder, 2));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @ParameterizedTest
  @CsvSource({
    "POST,/start-stream/ID",
    "POST,/stop-stream/ID",
    "POST,/update-prompt/ID",
    "POST,/upload-video",
    "POST,/sessions",
    "POST,/sessions/demo",
    "PATCH,/sessions/ID",
    "DELETE,/sessions/ID",
    "POST,/whip",
    "PUT,/sessions",
    "POST,/api/v0.2/../../stop-stream/ID",
    "POST,/api/v0.2/%2e%2e/%2e%2e/stop-stream/ID",
    "POST,//stop-stream/ID",
    "GET,/sessions",
    "GET,/events/ID",
    "GET,/sessions/ID/video",
    "GET,/console/index.html",
  })
  void everyRouteRefusesThem(String method, String path) throws Exception {
    for (String[] page :
        new String[][] {
          {"Origin", EVIL},
          {"Origin", "null"},
          {"Origin", "http://127.0.0.1:1"},
          {"Origin", "https://127.0.0.1:" + client.port()},
          {"Origin", "http://127.0.0.1:" + client.port() + ".evil.example"},
          {"Origin", "http://localhost:" + client.port()},
          {"Origin", ""},
          {"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "no-cors"},
          {"Sec-Fetch-Site", "same-site"},
          {"Origin", own(), "Sec-Fetch-Site", "cross-site"},
        }) {
      // "fetch" with mode no-cors sends such types without a preflight.
      for (String type : new String[] {"text/plain", "application/json"}) {
        var answer = raw(method, path.replace("ID", id), type, page);
        assertThat(RawHttp.status(answer)).as("%s %s", path, String.join(" ", page)).isIn(400, 403);
        assertThat(answer).doesNotContain(ALLOWED);
      }
    }
    var one = raw(method, "/sessions/" + id, "application/json", "Origin", EVIL);
    assertThat(one).contains("FRAMEWISE_CORS_ORIGINS", "FRAMEWISE_PUBLIC_URL", EVIL);
    assertThat(TestClient.json(client.get("/sessions/" + id)).path("status").asText())
        .isEqualTo("uploaded");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.example", "null", "http://localhost:1"})
  void socketsAreRefused(String origin) throws Exception {
    String handshake =
        """
        GET /ws/%s HTTP/1.1
        Host: 127.0.0.1:%d
        Origin: %s
        Connection: Upgrade, close
        Upgrade: websocket
        Sec-WebSocket-Version: 13
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
        Sec-Fetch-Mode: websocket

        """
            .formatted(id, client.port(), origin);
    assertThat(RawHttp.exchange(client.port(), handshake))
        .startsWith("HTTP/1.1 403 ")
        .contains("FRAMEWISE_CORS_ORIGINS");
  }

  @Test
  void severalOriginHeadersAreRefused() throws Exception {
    assertThat(raw("POST", "/stop-stream/" + id, "text/plain", "Origin", own(), "Origin", EVIL))
        .startsWith("HTTP/1.1 403 ");
  }

  @Test
  void ownPagesAndProgramsAreAllowed() throws Exception {
    for (String[] caller :
        new String[][] {
          {"Origin", own()},
          {"Origin", own(), "Sec-Fetch-Site", "same-origin"},
          {"Sec-Fetch-Site", "none"},
          {"Accept", "*/*"},
        }) {
      assertThat(client.send(client.to("/stop-stream/" + id, caller).POST(BodyPublishers.noBody())))
          .extracting(HttpResponse::statusCode)
          .isEqualTo(200);
      assertThat(client.get("/sessions", caller).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void linksFromOtherSitesWork() throws Exception {
    for (String path : new String[] {"/console/", "/docs", "/sessions"}) {
      var answer = client.get(path, "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate");
      assertThat(answer.statusCode()).as(path).isLessThan(400);
      assertThat(answer.headers().firstValue("X-Frame-Options")).contains("DENY");
    }
    var form =
        client.to(
            "/stop-stream/" + id, "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate");
    assertThat(client.send(form.POST(BodyPublishers.noBody())).statusCode()).isEqualTo(403);
  }

  @Test
  void preflightsAllowNothing() throws Exception {
    var preflight =
        client.send(
            client
                .to("/start-stream/x", "Origin", EVIL, "Access-Control-Request-Method", "POST")
                .method("OPTIONS", BodyPublishers.noBody()));
    assertThat(preflight.headers().map()).doesNotContainKey(ALLOWED.toLowerCase(Locale.ROOT));
    assertThat(preflight.headers().map()).doesNotContainKey("access-control-allow-methods");
  }

  /** Without HTTPS, a browser's request for a picture does not reveal from which page it comes. */
  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/sessions", "/nothing", "/sessions/none", "/console/", "/sessions?a=%zz"})
  void otherPagesCannotEmbedResponses(String path) throws Exception {
    String answer = raw("GET", path, "text/plain", "Accept", "*/*");
    assertThat(answer).contains("Cross-Origin-Resource-Policy: same-origin");
    assertThat(answer).doesNotContain(ALLOWED);
  }

  @Test
  void refusalsAreCounted() throws Exception {
    assertThat(client.get("/sessions", "Origin", EVIL).statusCode()).isEqualTo(403);
    assertThat(client.get("/metrics").body())
        .containsPattern("framewise_requests_refused_total\\{reason=\"origin\"\\} [1-9]");
  }

  /** A page's {@code no-cors} fetch can send JSON without a type, as curl may. */
  @Test
  void browsersMustSendTheJsonContentType() throws Exception {
    for (String type : new String[] {"", "text/plain", "application/x-www-form-urlencoded"}) {
      var request = client.to("/start-stream/x".replace("x", id), "Origin", own());
      if (!type.isEmpty()) {
        request.header("Content-Type", type);
      }
      var refused = client.send(request.POST(BodyPublishers.ofString("{}")));
      assertThat(refused.statusCode()).as(type).isEqualTo(415);
    }
    var program = client.to("/start-stream/" + id).POST(BodyPublishers.ofString("{}"));
    assertThat(client.send(program).statusCode()).isEqualTo(422);
    var vendor =
        client
            .to("/start-stream/" + id, "Origin", own(), "Content-Type", "application/vnd.x+json")
            .POST(BodyPublishers.ofString("{}"));
    assertThat(client.send(vendor).statusCode()).isEqualTo(422);
  }

  @Test
  void optionsListsAllowedMethods() throws Exception {
    var options =
        client.send(client.to("/upload-video").method("OPTIONS", BodyPublishers.noBody()));
    assertThat(options.statusCode()).isEqualTo(204);
    assertThat(options.headers().firstValue("Allow")).contains("OPTIONS, POST");
  }

  private static String own() {
    return "http://127.0.0.1:" + client.port();
  }

  private static String raw(String method, String path, String type, String... headers)
      throws Exception {
    var request =
        new StringBuilder(
            "%s %s HTTP/1.1\nHost: 127.0.0.1:%d\nConnection: close\n"
                .formatted(method, path, client.port()));
    for (int i = 0; i < headers.length; i += 2) {
      request.append(headers[i]).append(": ").append(headers[i + 1]).append('\n');
    }
    request.append("Content-Type: ").append(type).append("\nContent-Length: 16\n\n");
    return RawHttp.exchange(client.port(), request.append("{\"prompt\": \"hi\"}").toString());
  }
}
