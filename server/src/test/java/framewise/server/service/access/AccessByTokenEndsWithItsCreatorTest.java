package framewise.server.service.access;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.server.service.AccessFixture;
import framewise.server.service.EventClient;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import framewise.server.service.watch.ShiftedClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Regression: sockets, event streams and videos that were opened through a token or a link
 * continued after its creator was deleted, and after the token expired.
 */
@Timeout(120)
class AccessByTokenEndsWithItsCreatorTest {
  private static final String PASSWORD = "another long one";

  @TempDir Path folder;
  private final ShiftedClock clock = new ShiftedClock();
  private RunningService service;
  private TestClient client;
  private AccessFixture access;

  @BeforeEach
  void start() throws Exception {
    service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo(), Map.of(), clock);
    client = service.client();
    access = new AccessFixture(client);
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void whenTheAccountIsDeleted() throws Exception {
    var maker = access.account("Olga", "operator");
    String id = streaming(maker.headers());
    EventClient socket = client.socket("/ws/" + id + "?token=" + token(id, maker.headers()));
    String link = link(id, maker.headers());
    BufferedReader events = events("/events/" + id, guest(link));
    socket.next("status");
    AccessFixture.ok(
        client.send(
            client.to("/access/accounts/" + account("Olga"), access.admin().headers()).DELETE()));
    assertThat(socket.closed().code()).isEqualTo(4401);
    endsWholly(events);
    assertThat(client.get(link).statusCode()).isEqualTo(404);
  }

  @Test
  void whenThePasswordIsChanged() throws Exception {
    var maker = access.account("Olga", "operator");
    String id = streaming(maker.headers());
    String token = token(id, maker.headers());
    String link = link(id, maker.headers());
    EventClient socket = client.socket("/ws/" + id + "?token=" + token);
    EventClient linked = client.socket("/ws/" + id, "Cookie", guest(link));
    socket.next("status");
    linked.next("status");
    var now =
        AccessFixture.browser(
            access.post(
                "/access/password",
                "{\"current_password\":\"%s\",\"new_password\":\"%s\"}"
                    .formatted(AccessFixture.PASSWORD, PASSWORD),
                maker.headers()));
    assertThat(socket.closed().code()).isEqualTo(4401);
    assertThat(linked.closed().code()).isEqualTo(4401);
    assertThat(client.get("/sessions/" + id + "?token=" + token).statusCode()).isEqualTo(401);
    assertThat(client.get("/sessions/" + id + "/shares", now.headers()).body())
        .contains("\"links\":[]");
    // A token created after the password change is valid.
    String fresh = token(id, now.headers());
    assertThat(client.get("/sessions/" + id + "?token=" + fresh).statusCode()).isEqualTo(200);
  }

  /** Seen: an administrator's token for a deleted session opened that of another owner. */
  @Test
  void whenTheSessionIsDeletedAndABundleBringsItsIdBack() throws Exception {
    var first = access.account("Olga", "operator");
    var second = access.account("Otto", "operator");
    String id = uploaded(TestVideos.moving(folder, 1), first.headers());
    byte[] bundle =
        client
            .sendForBytes(client.to("/sessions/" + id + "/bundle.zip", first.headers()).GET())
            .body();
    String token = token(id, access.admin().headers());
    assertThat(client.get("/sessions/" + id + "?token=" + token).statusCode()).isEqualTo(200);
    AccessFixture.ok(client.send(client.to("/sessions/" + id, first.headers()).DELETE()));
    String[] headers = Arrays.copyOf(second.headers(), second.headers().length + 2);
    headers[headers.length - 2] = "Content-Type";
    headers[headers.length - 1] = "multipart/form-data; boundary=" + TestClient.boundary();
    AccessFixture.ok(
        client.send(
            client
                .to("/sessions/bundle", headers)
                .POST(TestClient.form("file", "bundle.zip", BodyPublishers.ofByteArray(bundle)))));

    for (String path : new String[] {"", "/video", "/results"}) {
      assertThat(client.get("/sessions/" + id + path + "?token=" + token).statusCode())
          .as(path)
          .isEqualTo(401);
    }
    String fresh = token(id, access.admin().headers());
    assertThat(client.get("/sessions/" + id + "?token=" + fresh).statusCode()).isEqualTo(200);
  }

  @Test
  void whenTheRoleIsLowered() throws Exception {
    var maker = access.account("Olga", "admin");
    String id = streaming(access.admin().headers());
    String token = token(id, maker.headers());
    EventClient socket = client.socket("/ws/" + id + "?token=" + token);
    EventClient own = client.socket("/ws/" + id, maker.headers());
    socket.next("status");
    own.next("status");
    AccessFixture.ok(
        client.send(
            client
                .to(
                    "/access/accounts/" + account("Olga"),
                    "Content-Type",
                    "application/json",
                    "Cookie",
                    access.admin().cookie(),
                    "X-CSRF-Token",
                    access.admin().csrf())
                .method("PATCH", BodyPublishers.ofString("{\"role\":\"operator\"}"))));
    assertThat(socket.closed().code()).isEqualTo(4401);
    assertThat(own.closed().code()).isEqualTo(4401);
  }

  @Test
  void whenTheKeyIsRevoked() throws Exception {
    String[] key = access.key("operator");
    String id = streaming(key);
    String token = token(id, key);
    String link = link(id, key);
    EventClient socket = client.socket("/ws/" + id + "?token=" + token);
    EventClient linked = client.socket("/ws/" + id, "Cookie", guest(link));
    socket.next("status");
    linked.next("status");
    String known =
        TestClient.json(client.get("/access/keys", access.admin().headers()))
            .at("/keys/0/id")
            .asText();
    AccessFixture.ok(
        client.send(client.to("/access/keys/" + known, access.admin().headers()).DELETE()));
    assertThat(socket.closed().code()).isEqualTo(4401);
    assertThat(linked.closed().code()).isEqualTo(4401);
    assertThat(client.get("/sessions/" + id + "?token=" + token).statusCode()).isEqualTo(401);
  }

  @Test
  void whenTheSessionIsUnshared() throws Exception {
    var owner = access.account("Olga", "operator");
    var viewer = access.account("Vera", "viewer");
    String id = streaming(owner.headers());
    AccessFixture.ok(
        access.post("/sessions/" + id + "/shares", "{\"account\":\"Vera\"}", owner.headers()));
    EventClient socket = client.socket("/ws/" + id + "?token=" + token(id, viewer.headers()));
    socket.next("status");
    AccessFixture.ok(
        client.send(
            client.to("/sessions/" + id + "/shares/" + account("Vera"), owner.headers()).DELETE()));
    assertThat(socket.closed().code()).isEqualTo(4401);
  }

  @Test
  void aDownloadIsCut() throws Exception {
    String[] key = access.key("operator");
    Path video = folder.resolve("long.mp4");
    Files.copy(TestVideos.moving(folder, 2), video);
    // Large enough for a slow viewer to be still downloading: far more than the sockets' buffers
    // hold.
    try (var file = new RandomAccessFile(video.toFile(), "rw")) {
      file.setLength(64L << 20);
    }
    String id = uploaded(video, key);
    String token = token(id, key);
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), client.port())) {
      socket.setReceiveBufferSize(16 << 10);
      socket
          .getOutputStream()
          .write(
              "GET /sessions/%s/video?token=%s HTTP/1.1\r\nHost: localhost\r\n\r\n"
                  .formatted(id, token)
                  .getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      assertThat(new String(in.readNBytes(12), StandardCharsets.US_ASCII))
          .isEqualTo("HTTP/1.1 200");
      String known =
          TestClient.json(client.get("/access/keys", access.admin().headers()))
              .at("/keys/0/id")
              .asText();
      AccessFixture.ok(
          client.send(client.to("/access/keys/" + known, access.admin().headers()).DELETE()));
      assertThat(restOf(in)).isLessThan(60L << 20);
    }
  }

  @Test
  void whenItExpires() throws Exception {
    var maker = access.account("Olga", "operator");
    String id = streaming(maker.headers());
    EventClient socket = client.socket("/ws/" + id + "?token=" + token(id, maker.headers()));
    EventClient linked = client.socket("/ws/" + id, "Cookie", guest(link(id, maker.headers())));
    socket.next("status");
    linked.next("status");
    clock.advance(Duration.ofHours(1));
    assertThat(socket.closed().code()).isEqualTo(4401);
    assertThat(linked.isClosed()).isFalse();
    clock.advance(Duration.ofDays(7));
    assertThat(linked.closed().code()).isEqualTo(4401);
  }

  /**
   * Regression: opening a link while signed in gave permanent access, even after the link ended.
   */
  @Test
  void whenAnAccountsLinkIsRevoked() throws Exception {
    var owner = access.account("Olga", "operator");
    var viewer = access.account("Vera", "viewer");
    String id = streaming(owner.headers());
    client.get(link(id, owner.headers()), viewer.headers());
    EventClient socket = client.socket("/ws/" + id, viewer.headers());
    socket.next("status");
    var shares = TestClient.json(client.get("/sessions/" + id + "/shares", owner.headers()));
    assertThat(shares.at("/viewers/0/name").asText()).isEqualTo("Vera");
    String known = shares.at("/links/0/id").asText();
    AccessFixture.ok(
        client.send(client.to("/sessions/" + id + "/shares/" + known, owner.headers()).DELETE()));
    assertThat(socket.closed().code()).isEqualTo(4401);
    assertThat(client.get("/sessions/" + id, viewer.headers()).statusCode()).isEqualTo(404);
    assertThat(client.get("/sessions", viewer.headers()).body()).doesNotContain(id);
  }

  @Test
  void whenAnAccountsLinkExpires() throws Exception {
    String id = streaming(access.key("operator"));
    var viewer = access.account("Vera", "viewer");
    var shown = access.account("Sven", "viewer");
    String link = link(id, access.admin().headers());
    client.get(link, viewer.headers());
    client.get(link, shown.headers());
    AccessFixture.ok(
        access.post(
            "/sessions/" + id + "/shares", "{\"account\":\"Sven\"}", access.admin().headers()));
    client.get(link, shown.headers());
    assertThat(client.get("/sessions", viewer.headers()).body()).contains(id);
    clock.advance(Duration.ofDays(7));
    assertThat(client.get("/sessions/" + id, access.signIn("Vera").headers()).statusCode())
        .isEqualTo(404);
    assertThat(client.get("/sessions/" + id, access.signIn("Sven").headers()).statusCode())
        .isEqualTo(200);
  }

  /** Reads at a viewer's pace until the end, and returns the number of bytes. */
  private static long restOf(InputStream in) throws InterruptedException {
    byte[] buffer = new byte[256 << 10];
    long read = 0;
    try {
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        read += length;
        Thread.sleep(50);
      }
    } catch (IOException cut) {
      // a reset is an end, too
    }
    return read;
  }

  private String streaming(String... by) throws Exception {
    String id = uploaded(TestVideos.moving(folder, 2), by);
    AccessFixture.ok(
        access.post(
            "/start-stream/" + id, "{\"prompt\":\"a\",\"loop\":true,\"delay_seconds\":30}", by));
    return id;
  }

  private String uploaded(Path video, String... by) throws Exception {
    String[] headers = Arrays.copyOf(by, by.length + 2);
    headers[by.length] = "Content-Type";
    headers[by.length + 1] = "multipart/form-data; boundary=" + TestClient.boundary();
    return TestClient.json(
            AccessFixture.ok(
                client.send(
                    client
                        .to("/upload-video", headers)
                        .POST(TestClient.form("file", "a.mp4", BodyPublishers.ofFile(video))))))
        .required("session_id")
        .asText();
  }

  private String token(String id, String... by) throws Exception {
    return TestClient.json(AccessFixture.ok(access.post("/sessions/" + id + "/token", "{}", by)))
        .required("token")
        .asText();
  }

  private String link(String id, String... by) throws Exception {
    return TestClient.json(
            AccessFixture.ok(access.post("/sessions/" + id + "/shares", "{\"link\":true}", by)))
        .required("path")
        .asText();
  }

  /** Cookie of a visitor who has opened a link. */
  private String guest(String link) throws Exception {
    String cookie = client.get(link).headers().firstValue("Set-Cookie").orElseThrow();
    return cookie.substring(0, cookie.indexOf(';'));
  }

  private String account(String name) throws Exception {
    for (var one :
        TestClient.json(client.get("/access/accounts", access.admin().headers()))
            .required("accounts")) {
      if (one.required("name").asText().equals(name)) {
        return one.required("id").asText();
      }
    }
    throw new AssertionError("no account " + name);
  }

  /**
   * Opens a stream of events, and returns once the status line shows that the service has accepted
   * the caller.
   */
  private BufferedReader events(String path, String cookie) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), client.port());
    socket.setSoTimeout(60_000);
    socket
        .getOutputStream()
        .write(
            "GET %s HTTP/1.1\r\nHost: localhost\r\nCookie: %s\r\nConnection: close\r\n\r\n"
                .formatted(path, cookie)
                .getBytes(StandardCharsets.US_ASCII));
    var lines =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    assertThat(lines.readLine()).startsWith("HTTP/1.1 200");
    return lines;
  }

  private static void endsWholly(BufferedReader events) throws IOException {
    try (events) {
      assertThat(events.lines().toList()).contains("retry: 1000");
    }
  }
}
