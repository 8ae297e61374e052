package framewise.server.service.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.atlassian.oai.validator.model.Request;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import framewise.media.picture.FramePool;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import framewise.server.service.contract.Contract;
import framewise.server.service.publish.VideoSender;
import framewise.server.service.publish.WhipClient;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code GET /sessions/{session_id}/snapshot.jpg}. */
@Timeout(120)
class NewestPictureIsShownTest {
  private static final Map<String, String> ANY = Map.of("FRAMEWISE_URL_SOURCES", "any");
  private static final Contract CONTRACT = new Contract("openapi.yaml", "");

  @TempDir Path folder;
  private RunningService service;
  private TestClient client;

  @BeforeEach
  void start() throws Exception {
    service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo(), ANY);
    client = service.client();
  }

  @AfterEach
  void stop() {
    service.close();
    assertThat(FramePool.inUse()).isZero();
  }

  @Test
  void ofLiveVideoWithRareQuestions() throws Exception {
    try (var sender = new VideoSender()) {
      String id = published(sender, "/whip?delay_seconds=60&fps=1&clip_length_seconds=1");
      BufferedImage first = read(snapshot(id, ""));
      assertThat(first.getWidth()).isEqualTo(320);
      assertThat(first.getHeight()).isEqualTo(240);
      await().until(() -> differ(first, read(snapshot(id, ""))));
      assertThat(session(id).path("counters").path("results").asInt()).isLessThan(2);
      assertThat(session(id).path("counters").path("dropped").asInt()).isZero();
    }
  }

  /**
   * Regression: for a camera that had been off for minutes, the response was 200 without the
   * picture's age.
   */
  @Test
  void withItsAge() throws Exception {
    Instant before = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    try (var sender = new VideoSender()) {
      String id = published(sender, "/whip?delay_seconds=60&fps=1&clip_length_seconds=1");
      Instant first = modified(snapshot(id, ""));
      assertThat(first).isBetween(before, Instant.now());
      await().until(() -> modified(snapshot(id, "")).isAfter(first));

      var head = client.sendForBytes(client.to("/sessions/" + id + "/snapshot.jpg").HEAD());
      assertThat(head.statusCode()).isEqualTo(200);
      assertThat(head.body()).isEmpty();
      assertThat(head.headers().firstValue("Content-Type")).hasValue("image/jpeg");
      assertThat(head.headers().firstValue("Cache-Control")).hasValue("no-store");
      assertThat(modified(head)).isAfter(first);

      JsonNode source = session(id).path("source");
      assertThat(source.path("connected").asBoolean()).isTrue();
      assertThat(source.has("trouble")).isFalse();
      assertThat(Instant.parse(source.path("last_picture_at").asText()))
          .isBetween(first, Instant.now());
    }
  }

  @Test
  void inTheRequestedWidth() throws Exception {
    try (var sender = new VideoSender()) {
      String id = published(sender, "/whip");
      BufferedImage small = read(snapshot(id, "?width=100"));
      assertThat(small.getWidth()).isEqualTo(100);
      assertThat(small.getHeight()).isEqualTo(75);
      assertThat(read(snapshot(id, "?width=4096")).getWidth()).isEqualTo(320);
      for (String bad : new String[] {"15", "4097", "x", "", "-1", "1e3"}) {
        JsonNode problem = problem(id, "?width=" + bad, 422);
        assertThat(problem.path("detail").asText())
            .isEqualTo(
                "width is \"%s\" but must be a whole number from 16 to 4096.".formatted(bad));
      }
    }
  }

  @Test
  void ofVideoByUrl() throws Exception {
    byte[] video = Files.readAllBytes(TestVideos.words(folder, "HELLO", "mkv"));
    var web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    web.createContext(
        "/v.mkv",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(200, video.length);
            exchange.getResponseBody().write(video);
          }
        });
    web.start();
    try {
      String url = "http://me:hidden-word@127.0.0.1:%d/v.mkv".formatted(web.getAddress().getPort());
      String id =
          TestClient.json(client.post("/sessions", "{\"url\":\"%s\"}".formatted(url)))
              .path("session_id")
              .asText();
      assertThat(problem(id, "", 409).path("code").asText()).isEqualTo("wrong_status");
      client.post("/start-stream/" + id, "{\"prompt\":\"what\"}");
      assertThat(read(awaitSnapshot(id)).getWidth()).isEqualTo(640);
      client.post("/stop-stream/" + id, "");
      assertThat(problem(id, "", 409).path("code").asText()).isEqualTo("wrong_status");
    } finally {
      web.stop(0);
    }
  }

  @Test
  void ofARunningUpload() throws Exception {
    String id = client.uploaded(TestVideos.moving(folder, 20));
    assertThat(problem(id, "", 409).path("detail").asText())
        .isEqualTo("This session is not streaming, so it has no current picture. Start it first.");
    client.post("/start-stream/" + id, "{\"prompt\":\"what\",\"delay_seconds\":0.2}");
    HttpResponse<byte[]> shown = awaitSnapshot(id);
    BufferedImage first = read(shown);
    assertThat(first.getWidth()).isEqualTo(160);
    assertThat(modified(shown)).isBetween(Instant.now().minusSeconds(30), Instant.now());
    assertThat(session(id).path("source").has("connected")).isFalse();
    await().until(() -> differ(first, read(snapshot(id, ""))));
    client.post("/stop-stream/" + id, "");
    assertThat(problem(id, "", 409).path("code").asText()).isEqualTo("wrong_status");
  }

  @Test
  void notOfUnknownSessions() throws Exception {
    problem(UUID.randomUUID().toString(), "", 404);
    problem("x", "", 404);
  }

  private String published(VideoSender sender, String path) throws Exception {
    String id = new WhipClient(client).publish(sender, path).session();
    awaitSnapshot(id);
    return id;
  }

  private HttpResponse<byte[]> awaitSnapshot(String id) {
    return await().until(() -> ask(id, ""), answer -> answer.statusCode() == 200);
  }

  private HttpResponse<byte[]> ask(String id, String query) throws Exception {
    return client.sendForBytes(client.to("/sessions/" + id + "/snapshot.jpg" + query).GET());
  }

  private HttpResponse<byte[]> snapshot(String id, String query) throws Exception {
    HttpResponse<byte[]> answer = ask(id, query);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("image/jpeg");
    assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
    return answer;
  }

  private static Instant modified(HttpResponse<byte[]> answer) {
    String date = answer.headers().firstValue("Last-Modified").orElseThrow();
    return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
  }

  private JsonNode problem(String id, String query, int status) throws Exception {
    String path = "/sessions/" + id + "/snapshot.jpg";
    HttpResponse<String> answer = client.get(path + query);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    CONTRACT.fits(Request.Method.GET, path, answer);
    return TestClient.json(answer);
  }

  private JsonNode session(String id) throws Exception {
    return TestClient.json(client.get("/sessions/" + id));
  }

  private static BufferedImage read(HttpResponse<byte[]> answer) throws Exception {
    return ImageIO.read(new ByteArrayInputStream(answer.body()));
  }

  private static boolean differ(BufferedImage one, BufferedImage other) {
    int far = 0;
    for (int x = 0; x < one.getWidth(); x++) {
      for (int y = 0; y < one.getHeight(); y++) {
        int green = (one.getRGB(x, y) >> 8 & 0xff) - (other.getRGB(x, y) >> 8 & 0xff);
        far += Math.abs(green) > 60 ? 1 : 0;
      }
    }
    return far > 100;
  }
}
