package framewise.server.service.access;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.operate.LogKept;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plants a password in URLs and searches all output for it. */
class PasswordsOfUrlsNeverAppearTest {
  private static final String PLANTED = "planted4711";

  @TempDir Path folder;

  @Test
  void notInLogsResponsesOrEvents() throws Exception {
    var log = new LogKept();
    List<String> said = new ArrayList<>();
    int nobody;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = socket.getLocalPort();
    }
    try (var service =
        RunningService.on(
            folder.resolve("data"),
            ScriptedBackend.echo(),
            Map.of("FRAMEWISE_URL_SOURCES", "any"))) {
      TestClient client = service.client();
      for (String url :
          new String[] {
            "rtsp://ada:%s@127.0.0.1:%d/cam",
            "rtsp://%s@127.0.0.1:%d/cam",
            "http://127.0.0.1:%2$d/live.m3u8?token=%1$s",
            "http://127.0.0.1:%2$d/a;jsessionid=%1$s?usr=%1$s&pa%%73sword=%1$s&p=%1$s&hdnts=exp=1~hmac=%1$s"
          }) {
        var made =
            client.post("/sessions", "{\"url\":\"%s\"}".formatted(url.formatted(PLANTED, nobody)));
        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(made.body()).contains("***");
        said.add(made.body());
        String id = TestClient.json(made).required("session_id").asText();
        said.add(client.post("/start-stream/" + id, "{\"prompt\":\"what\"}").body());
        client
            .socket("/ws/" + id)
            .until(event -> event.path("detail").asText().contains("refuses connections"))
            .forEach(event -> said.add(event.toString()));
        said.add(client.get("/sessions/" + id).body());
        said.add(client.get("/sessions/" + id + "/results").body());
      }
      var named =
          client.post(
              "/sessions",
              "{\"url\":\"rtsp://127.0.0.1/\",\"name\":\"cam rtsp://admin:%s@host/x?p=%1$s\"}"
                  .formatted(PLANTED));
      assertThat(TestClient.json(named).path("filename").asText())
          .isEqualTo("cam rtsp://***@host/x?p=***");
      for (String bad :
          new String[] {
            "ftp://a:%s@host/", "http://a:%s@host:99999/", "rtsp://a:%s@/", "rtsp://a:#%s@host/"
          }) {
        var refused =
            client.post("/sessions", "{\"url\":\"%s\"}".formatted(bad.formatted(PLANTED)));
        assertThat(refused.statusCode()).isEqualTo(422);
        said.add(refused.body());
      }
      said.add(client.get("/sessions").body());
      said.add(client.get("/metrics").body());
    } finally {
      log.close();
    }
    said.addAll(log.lines());

    assertThat(log.lines()).hasSizeGreaterThan(5);
    assertThat(said).noneMatch(text -> text.contains(PLANTED));
  }

  @Test
  void forbiddenAddressesAreRefusedWithTheReason() throws Exception {
    try (var service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo())) {
      TestClient client = service.client();
      for (String host :
          new String[] {
            "127.0.0.1",
            "localhost",
            "localhost.",
            "127.0.0.1.",
            "4294967297",
            "1.2.3.4.5",
            "2130706433",
            "0x7f.1",
            "[::1]",
            "[::ffff:127.0.0.1]",
            "a@127.0.0.1",
            "169.254.169.254",
            "[fd00:ec2::254]"
          }) {
        var refused = client.post("/sessions", "{\"url\":\"http://%s/v.mp4\"}".formatted(host));
        assertThat(refused.statusCode()).as(host).isEqualTo(422);
        assertThat(TestClient.json(refused).at("/errors/0/field").asText()).isEqualTo("url");
      }
      assertThat(client.post("/sessions", "{\"name\":\"x\"}").statusCode()).isEqualTo(422);
      assertThat(client.post("/sessions", "{\"url\":7}").statusCode()).isEqualTo(422);
      assertThat(
              client
                  .post(
                      "/sessions",
                      "{\"url\":\"rtsp://192.0.2.1/\",\"name\":\"%s\"}".formatted("a".repeat(201)))
                  .statusCode())
          .isEqualTo(422);
      assertThat(client.get("/sessions").body()).contains("\"total\":0");
    }
  }
}
