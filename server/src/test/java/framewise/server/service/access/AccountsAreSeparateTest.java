package framewise.server.service.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.server.service.AccessFixture;
import framewise.server.service.EventClient;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Signing in and out, sharing, links, proxies and the audit log, over real HTTP. */
@Timeout(180)
class AccountsAreSeparateTest {
  @TempDir Path folder;
  private RunningService service;
  private TestClient client;
  private AccessFixture access;

  @BeforeEach
  void start() throws Exception {
    service =
        RunningService.on(
            folder.resolve("data"),
            ScriptedBackend.echo(),
            Map.of("FRAMEWISE_TRUST_PROXY", "127.0.0.2,10.0.0.0/8"));
    client = service.client();
    access = new AccessFixture(client);
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void withAnAccountLoopbackSignsInToo() throws Exception {
    assertThat(client.get("/sessions").statusCode()).isEqualTo(401);
    assertThat(client.get("/sessions", access.admin().headers()).statusCode()).isEqualTo(200);
    assertThat(client.post("/access/setup", "{\"name\":\"Eve\",\"password\":\"0123456789\"}"))
        .extracting(HttpResponse::statusCode)
        .isEqualTo(403);
  }

  @Test
  void theCookieIsHttpOnlyAndSignsOut() throws Exception {
    HttpResponse<String> answer =
        client.post(
            "/access/sign-in",
            "{\"name\":\"ADA\",\"password\":\"%s\"}".formatted(AccessFixture.PASSWORD));
    assertThat(answer.headers().allValues("Set-Cookie"))
        .hasSize(2)
        .allSatisfy(
            cookie ->
                assertThat(cookie)
                    .contains("HttpOnly")
                    .contains("SameSite=Strict")
                    .contains("Path=/"));
    var browser = AccessFixture.browser(answer);
    assertThat(client.get("/sessions", "Cookie", browser.cookie()).statusCode()).isEqualTo(200);
    HttpResponse<String> forged = access.post("/access/sign-out", "{}", "Cookie", browser.cookie());
    assertThat(forged.statusCode()).isEqualTo(403);
    assertThat(forged.body()).contains("csrf_token");
    AccessFixture.ok(access.post("/access/sign-out", "{}", browser.headers()));
    assertThat(client.get("/sessions", "Cookie", browser.cookie()).statusCode()).isEqualTo(401);
  }

  @Test
  void aNewPasswordSignsOutOtherBrowsers() throws Exception {
    var one = access.account("Olga", "operator");
    var other = access.signIn("Olga");
    HttpResponse<String> changed =
        access.post(
            "/access/password",
            "{\"current_password\":\"%s\",\"new_password\":\"another long one\"}"
                .formatted(AccessFixture.PASSWORD),
            one.headers());
    var now = AccessFixture.browser(changed);
    assertThat(client.get("/sessions", now.headers()).statusCode()).isEqualTo(200);
    assertThat(client.get("/sessions", one.headers()).statusCode()).isEqualTo(401);
    assertThat(client.get("/sessions", other.headers()).statusCode()).isEqualTo(401);
  }

  @Test
  void wrongPasswordsAreDelayedWithoutLockout() throws Exception {
    int attempts = 0;
    int status;
    do {
      status = signIn("Ada", "wrong password " + attempts).statusCode();
      assertThat(status).isIn(401, 429);
      attempts++;
    } while (status == 401 && attempts < 15);
    assertThat(status).isEqualTo(429);
    assertThat(attempts).isGreaterThan(5);
    // From another address, here behind a trusted proxy, the owner can sign in.
    try (var elsewhere = new TestClient(client.port(), "127.0.0.2")) {
      HttpResponse<String> owner =
          elsewhere.send(
              elsewhere
                  .to(
                      "/access/sign-in",
                      "Content-Type",
                      "application/json",
                      "X-Forwarded-For",
                      "192.0.2.9")
                  .POST(
                      BodyPublishers.ofString(
                          "{\"name\":\"Ada\",\"password\":\"%s\"}"
                              .formatted(AccessFixture.PASSWORD))));
      assertThat(owner.statusCode()).isEqualTo(200);
    }
  }

  @Test
  void knownBrowsersAreNotBlockedByNeighbours() throws Exception {
    String known =
        signIn("Ada", AccessFixture.PASSWORD).headers().allValues("Set-Cookie").stream()
            .filter(cookie -> cookie.startsWith("framewise-browser-"))
            .findFirst()
            .orElseThrow();
    for (int i = 0; i < 15 && signIn("Ada", "wrong password").statusCode() == 401; i++) {
      // an attacker at the same address guesses
    }
    assertThat(
            signIn("Ada", AccessFixture.PASSWORD, "Cookie", known.substring(0, known.indexOf(';')))
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void theFirstAccountIsAnAdministrator() throws Exception {
    try (var fresh = RunningService.on(folder.resolve("fresh"), ScriptedBackend.echo())) {
      assertThat(
              fresh
                  .client()
                  .post(
                      "/access/accounts",
                      "{\"name\":\"Vera\",\"role\":\"viewer\",\"password\":\"0123456789\"}")
                  .statusCode())
          .isEqualTo(422);
    }
  }

  @Test
  void anUnknownNameLooksLikeAWrongPassword() throws Exception {
    HttpResponse<String> unknown = signIn("Nobody", "0123456789");
    HttpResponse<String> wrong = signIn("Ada", "0123456789");
    assertThat(unknown.statusCode()).isEqualTo(401);
    assertThat(unknown.body()).isEqualTo(wrong.body());
  }

  @Test
  void theLastAdministratorStays() throws Exception {
    String id =
        TestClient.json(client.get("/access/accounts", access.admin().headers()))
            .at("/accounts/0/id")
            .asText();
    HttpResponse<String> deleted =
        client.send(client.to("/access/accounts/" + id, access.admin().headers()).DELETE());
    HttpResponse<String> demoted =
        client.send(
            client
                .to(
                    "/access/accounts/" + id,
                    "Content-Type",
                    "application/json",
                    "Cookie",
                    access.admin().cookie(),
                    "X-CSRF-Token",
                    access.admin().csrf())
                .method("PATCH", BodyPublishers.ofString("{\"role\":\"viewer\"}")));
    for (HttpResponse<String> answer : List.of(deleted, demoted)) {
      assertThat(answer.statusCode()).isEqualTo(409);
      assertThat(answer.body()).contains("last_admin");
    }
  }

  @Test
  void viewersSeeSharedSessions() throws Exception {
    var maker = access.account("Olga", "operator");
    var viewer = access.account("Vera", "viewer");
    String id = session(maker);
    String path = "/sessions/" + id;
    assertThat(client.get(path, viewer.headers()).statusCode()).isEqualTo(404);
    AccessFixture.ok(access.post(path + "/shares", "{\"account\":\"Vera\"}", maker.headers()));
    assertThat(client.get(path, viewer.headers()).statusCode()).isEqualTo(200);
    assertThat(client.get("/sessions", viewer.headers()).body()).contains(id);
    assertThat(access.post("/stop-stream/" + id, "", viewer.headers()).statusCode()).isEqualTo(403);
    assertThat(client.get(path + "/shares", viewer.headers()).statusCode()).isEqualTo(403);
    String share =
        TestClient.json(client.get(path + "/shares", maker.headers())).at("/viewers/0/id").asText();
    AccessFixture.ok(client.send(client.to(path + "/shares/" + share, maker.headers()).DELETE()));
    assertThat(client.get(path, viewer.headers()).statusCode()).isEqualTo(404);
  }

  @Test
  void aLinkShowsOneSessionUntilItIsRevoked() throws Exception {
    var maker = access.account("Olga", "operator");
    String id = session(maker);
    String other = session(maker);
    String link =
        TestClient.json(
                access.post("/sessions/" + id + "/shares", "{\"link\":true}", maker.headers()))
            .required("path")
            .asText();
    HttpResponse<String> opened = client.get(link + "&t=1.5");
    assertThat(opened.statusCode()).isEqualTo(302);
    assertThat(opened.headers().firstValue("Location"))
        .contains("/console/#/session/" + id + "?t=1.5");
    String cookie = opened.headers().firstValue("Set-Cookie").orElseThrow();
    String[] guest = {"Cookie", cookie.substring(0, cookie.indexOf(';'))};
    assertThat(client.get("/sessions/" + id + "/video", guest).statusCode()).isEqualTo(200);
    assertThat(client.get("/sessions", guest).body()).contains(id).doesNotContain(other);
    assertThat(client.get("/sessions/" + other, guest).statusCode()).isEqualTo(404);
    assertThat(access.post("/stop-stream/" + id, "", guest).statusCode()).isEqualTo(401);
    String share =
        TestClient.json(client.get("/sessions/" + id + "/shares", maker.headers()))
            .at("/links/0/id")
            .asText();
    AccessFixture.ok(
        client.send(client.to("/sessions/" + id + "/shares/" + share, maker.headers()).DELETE()));
    assertThat(client.get("/sessions/" + id, guest).statusCode()).isEqualTo(401);
    assertThat(client.get(link).statusCode()).isEqualTo(404);
  }

  @Test
  void aTokenOpensOneSessionAndForgedOnesNone() throws Exception {
    var maker = access.account("Olga", "operator");
    String id = session(maker);
    String other = session(maker);
    String token =
        TestClient.json(access.post("/sessions/" + id + "/token", "{}", maker.headers()))
            .required("token")
            .asText();
    assertThat(client.get("/sessions/" + id + "/video?token=" + token).statusCode()).isEqualTo(200);
    assertThat(client.get("/sessions/" + other + "?token=" + token).statusCode()).isEqualTo(404);
    for (String forged :
        new String[] {
          token.substring(0, token.length() - 4) + "AAAA",
          token.substring(0, token.lastIndexOf('.') + 1),
          "eyJhbGciOiJub25lIn0." + token.split("\\.", -1)[1] + ".",
          "x"
        }) {
      assertThat(client.get("/sessions/" + id + "?token=" + forged).statusCode())
          .as(forged)
          .isEqualTo(401);
    }
    Path key = folder.resolve("data/access.key");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
  }

  @Test
  void aSocketEndsWhenItsKeyIsRevoked() throws Exception {
    String[] key = access.key("operator");
    String id = session(key);
    EventClient socket = client.socket("/ws/" + id, key);
    socket.next("status");
    AccessFixture.ok(
        access.post(
            "/start-stream/" + id, "{\"prompt\":\"a\",\"loop\":true,\"delay_seconds\":0.5}", key));
    socket.next("result");
    revokeTheOnlyKey();
    assertThat(socket.closed().code()).isEqualTo(4401);
    assertThat(client.get("/sessions/" + id, access.admin().headers()).body())
        .contains("\"status\":\"streaming\"");
  }

  @Test
  void aRevokedKeyIsRefused() throws Exception {
    String[] key = access.key("operator");
    assertThat(client.get("/sessions", key).statusCode()).isEqualTo(200);
    var listed = TestClient.json(client.get("/access/keys", access.admin().headers()));
    assertThat(listed.at("/keys/0/used_at").asText()).isNotEmpty();
    assertThat(listed.toString()).doesNotContain(key[1].substring("Bearer ".length()));
    revokeTheOnlyKey();
    assertThat(client.get("/sessions", key).statusCode()).isEqualTo(401);
  }

  @Test
  void onlyATrustedProxyNamesTheUser() throws Exception {
    AccessFixture.ok(
        access.post(
            "/access/accounts",
            "{\"name\":\"Petra\",\"role\":\"operator\"}",
            access.admin().headers()));
    String[] named = {"X-Forwarded-User", "petra", "X-Forwarded-For", "192.0.2.7"};
    assertThat(client.get("/sessions", named).statusCode()).isEqualTo(401);
    try (var proxy = new TestClient(client.port(), "127.0.0.2")) {
      HttpResponse<String> who = proxy.get("/access", named);
      assertThat(who.body()).contains("\"kind\":\"proxy\"").contains("Petra");
      assertThat(proxy.get("/sessions", "X-Forwarded-User", "unknown").statusCode()).isEqualTo(401);
      assertThat(proxy.get("/sessions").statusCode()).isEqualTo(401);
    }
  }

  @Test
  void aProxysUserDoesNotCountForPagesOfOtherOrigins() throws Exception {
    var settings = Map.of("FRAMEWISE_TRUST_PROXY", "127.0.0.2", "FRAMEWISE_CORS_ORIGINS", "*");
    try (var open = RunningService.on(folder.resolve("open"), ScriptedBackend.echo(), settings);
        var proxy = new TestClient(open.client().port(), "127.0.0.2")) {
      var _ = new AccessFixture(open.client());
      String[] named = {"X-Forwarded-User", "ada", "X-Forwarded-For", "192.0.2.7"};
      assertThat(proxy.get("/sessions", named).statusCode()).isEqualTo(200);
      String[] foreign = {
        "X-Forwarded-User", "ada", "X-Forwarded-For", "192.0.2.7", "Origin", "https://app.example"
      };
      assertThat(proxy.get("/sessions", foreign).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void theAuditLogNamesActorsAndActions() throws Exception {
    var maker = access.account("Olga", "operator");
    String id = session(maker);
    client.send(client.to("/sessions/" + id, maker.headers()).DELETE());
    signIn("Ada", "wrong password");
    String log = client.get("/audit", access.admin().headers()).body();
    assertThat(log)
        .contains("\"who\":\"Olga\"")
        .contains("\"action\":\"DELETE /sessions/{session_id}\",\"target\":\"%s\"".formatted(id))
        .contains("\"action\":\"POST /access/sign-in\",\"target\":\"\",\"status\":401")
        .contains("\"address\":\"127.0.0.1\"")
        .doesNotContain("wrong password")
        .doesNotContain(AccessFixture.PASSWORD);
    assertThat(client.get("/audit", maker.headers()).statusCode()).isEqualTo(403);
    assertThat(client.get("/audit?filter=olga", access.admin().headers()).body())
        .contains("DELETE /sessions/{session_id}")
        .doesNotContain("\"who\":\"Ada\"");
    assertThat(client.get("/audit?filter=401", access.admin().headers()).body())
        .contains("\"status\":401")
        .doesNotContain("\"status\":204");
    assertThat(client.get("/audit?filter=%25", access.admin().headers()).body())
        .contains("\"entries\":[]");
    assertThat(
            client.get("/audit?filter=" + "x".repeat(101), access.admin().headers()).statusCode())
        .isEqualTo(422);
  }

  @Test
  void theAuditLogIsPaged() throws Exception {
    for (int i = 0; i < 7; i++) {
      signIn("Ada", "wrong password");
    }
    List<Long> read = new ArrayList<>();
    String before = "";
    JsonNode page;
    do {
      page =
          TestClient.json(client.get("/audit?limit=3" + before, access.admin().headers()))
              .required("entries");
      page.forEach(entry -> read.add(entry.required("id").asLong()));
      before = "&before=" + read.getLast();
    } while (!page.isEmpty());
    assertThat(read)
        .hasSizeGreaterThan(5)
        .doesNotHaveDuplicates()
        .isSortedAccordingTo(Comparator.reverseOrder());
  }

  private void revokeTheOnlyKey() throws Exception {
    var listed = TestClient.json(client.get("/access/keys", access.admin().headers()));
    AccessFixture.ok(
        client.send(
            client
                .to("/access/keys/" + listed.at("/keys/0/id").asText(), access.admin().headers())
                .DELETE()));
  }

  private HttpResponse<String> signIn(String name, String password, String... headers)
      throws Exception {
    return access.post(
        "/access/sign-in",
        "{\"name\":\"%s\",\"password\":\"%s\"}".formatted(name, password),
        headers);
  }

  private String session(AccessFixture.Browser maker) throws Exception {
    return session(maker.headers());
  }

  private String session(String... by) throws Exception {
    Path video = TestVideos.moving(folder, 2);
    List<String> headers = new ArrayList<>(List.of(by));
    headers.addAll(
        List.of("Content-Type", "multipart/form-data; boundary=" + TestClient.boundary()));
    return TestClient.json(
            AccessFixture.ok(
                client.send(
                    client
                        .to("/upload-video", headers.toArray(new String[0]))
                        .POST(TestClient.form("file", "a.mp4", BodyPublishers.ofFile(video))))))
        .required("session_id")
        .asText();
  }
}
