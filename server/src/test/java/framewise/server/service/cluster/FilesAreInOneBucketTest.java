package framewise.server.service.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.server.service.ChildService;
import framewise.server.service.EventClient;
import framewise.server.service.OpenAiStub;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import framewise.testing.PostgresServer;
import framewise.testing.S3Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Services whose videos and evidence are in a real S3-compatible store, which has outages. */
@Timeout(300)
class FilesAreInOneBucketTest {
  private static final String FILE =
      "{\"prompt\":\"What?\",\"backend\":\"openai\",\"pace\":\"realtime\",\"delay_seconds\":0.5}";

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int OUTAGE_MS = 5_000;

  @TempDir Path folder;
  private final OpenAiStub model = new OpenAiStub();
  private S3Server store;

  @BeforeEach
  void start() {
    store = S3Server.start(folder);
  }

  @AfterEach
  void close() {
    store.close();
    model.close();
  }

  @Test
  void aSessionContinuesOnANodeWithoutItsVideo() throws Exception {
    Path video = TestVideos.moving(folder, 120);
    byte[] content = Files.readAllBytes(video);
    try (var nodes =
        Nodes.start(folder, PostgresServer.shared().newDatabase(), 2, settings("cluster"))) {
      String id = nodes.client(0).stream(video, FILE);
      int owner = nodes.owner(id, 0);
      int other = 1 - owner;
      TestClient asked = nodes.client(other);

      assertThat(range(asked, id, 1_000, 1_999))
          .isEqualTo(Arrays.copyOfRange(content, 1_000, 2_000));
      HttpResponse<String> head =
          asked.send(asked.to("/sessions/" + id + "/video").method("HEAD", none()));
      assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(content.length);
      assertThat(
              asked
                  .get("/sessions/" + id + "/video", "Range", "bytes=0-9", "If-Range", "\"other\"")
                  .statusCode())
          .isEqualTo(200);
      EventClient socket = asked.socket("/ws/" + id + "?since=0");
      long seq = socket.until(FilesAreInOneBucketTest::isResult).getLast().path("seq").asLong();
      String evidence = "/sessions/%s/results/%d/evidence".formatted(id, seq);
      await().atMost(PATIENCE).until(() -> asked.get(evidence).statusCode() == 200);

      nodes.kill(owner);
      List<JsonNode> resumed =
          socket.until(event -> event.path("type").asText().equals("resumed_on"));
      socket.until(FilesAreInOneBucketTest::isResult);
      requireNoGap(seq, resumed);
      assertThat(asked.get(evidence).statusCode()).isEqualTo(200);
      assertThat(asked.get("/sessions/" + id + "/frame.jpg?at=2").statusCode()).isEqualTo(200);

      assertThat(asked.delete("/sessions/" + id).statusCode()).isEqualTo(204);
      await()
          .atMost(PATIENCE)
          .until(() -> store.keys("cluster/"), List.of("cluster/framewise.txt")::equals);
    }
  }

  @Test
  void anOutageDuringARunLosesNothing() throws Exception {
    try (var service = service("outage")) {
      TestClient client = service.client();
      String id = client.stream(TestVideos.moving(folder, 25), FILE);
      EventClient socket = client.socket("/ws/" + id + "?since=0");
      socket.until(FilesAreInOneBucketTest::isResult);
      store.stop();
      Thread.sleep(OUTAGE_MS);
      long during = socket.until(FilesAreInOneBucketTest::isResult).getLast().path("seq").asLong();

      HttpResponse<String> refused = client.upload(TestVideos.moving(folder, 2));
      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
      assertThat(TestClient.json(refused).path("code").asText()).isEqualTo("files_unavailable");
      assertThat(refused.headers().firstValue("Retry-After")).isPresent();
      assertThat(client.get("/health/ready").statusCode()).isEqualTo(200);

      store.restart();
      String kept = "outage/evidence/%s/%d.zip".formatted(id, during);
      await().atMost(PATIENCE).until(() -> store.keys("outage/evidence/").contains(kept));
      assertThat(client.upload(TestVideos.moving(folder, 2)).statusCode()).isEqualTo(200);
      List<JsonNode> rest = socket.untilEnd();
      assertThat(rest.getLast().path("status").asText()).isEqualTo("finished");
      long results =
          client.socket("/ws/" + id + "?since=0").untilEnd().stream()
              .filter(FilesAreInOneBucketTest::isResult)
              .count();
      await().atMost(PATIENCE).until(() -> store.keys("outage/evidence/").size() == results);
    }
  }

  @Test
  void aSingleNodeCanUseABucket() throws Exception {
    byte[] bundle;
    String id;
    byte[] picture;
    Path video = TestVideos.moving(folder, 4);
    try (var service = service("alone")) {
      id = service.client().uploaded(video);
      picture = thumbnail(service.client(), id);
      assertThat(store.keys("alone/videos/")).containsExactly("alone/videos/" + id);
    }
    wipe(folder.resolve("data-alone/copies"));
    try (var service = service("alone")) {
      TestClient client = service.client();
      assertThat(thumbnail(client, id)).isEqualTo(picture);
      assertThat(folder.resolve("data-alone/copies/videos/" + id))
          .as("a list of sessions copies no video")
          .doesNotExist();
      assertThat(range(client, id, 10, 19))
          .isEqualTo(Arrays.copyOfRange(Files.readAllBytes(video), 10, 20));
      HttpResponse<byte[]> written =
          client.sendForBytes(client.to("/sessions/" + id + "/bundle.zip").GET());
      assertThat(written.statusCode()).isEqualTo(200);
      bundle = written.body();
      assertThat(bundle.length).isGreaterThan((int) Files.size(video));
      assertThat(client.get("/sessions/" + id + "/frame.jpg").statusCode()).isEqualTo(200);
      assertThat(client.post("/start-stream/" + id, FILE).statusCode()).isEqualTo(200);
      client.socket("/ws/" + id + "?since=0").untilEnd();
      assertThat(client.delete("/sessions/" + id).statusCode()).isEqualTo(204);
      await()
          .atMost(PATIENCE)
          .until(() -> store.keys("alone/"), List.of("alone/framewise.txt")::equals);
    }
  }

  /** Half of the form arrives, then the client disconnects. */
  @Test
  void anAbortedUploadLeavesNothing() throws Exception {
    try (var service = service("cut")) {
      TestClient client = service.client();
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), client.port())) {
        String head =
            "POST /upload-video HTTP/1.1\r\nHost: localhost:%d\r\nContent-Length: 3000000\r\nContent-Type: multipart/form-data; boundary=b\r\n\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"v.mp4\"\r\n\r\n"
                .formatted(client.port());
        socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().write(new byte[1_000_000]);
        socket.getOutputStream().flush();
      }
      Path uploads = folder.resolve("data-cut/uploads");
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                try (var files = Files.list(uploads)) {
                  return files.findAny().isEmpty();
                }
              });
      assertThat(store.keys("cut/")).containsExactly("cut/framewise.txt");
      assertThat(client.get("/sessions").body()).contains("\"total\":0");
    }
  }

  @Test
  void aWrongKeyFailsTheStartWithOneSentence() throws Exception {
    Map<String, String> settings = new HashMap<>(settings("wrong"));
    settings.put("FRAMEWISE_S3_SECRET_ACCESS_KEY", "mistyped");
    Process started =
        ChildService.launch(
            settings, new String[0], "--port", "0", "--data", folder.resolve("d").toString());
    String log = new String(started.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(started.waitFor()).isNotZero();
    assertThat(log)
        .contains("framewise: The file store s3://", "Check FRAMEWISE_S3_SECRET_ACCESS_KEY")
        .doesNotContain("mistyped", "Exception");
  }

  /** The S3 SDK has 4,800 classes; loading them would waste memory without a bucket. */
  @Test
  void withoutABucketTheSdkIsNotLoaded() throws Exception {
    Path loaded = folder.resolve("classes.txt");
    try (var service =
        ChildService.start(
            folder.resolve("plain"), model.settings(), "-Xlog:class+load:file=" + loaded)) {
      String id = service.client().uploaded(TestVideos.moving(folder, 2));
      assertThat(service.client().delete("/sessions/" + id).statusCode()).isEqualTo(204);
    }
    assertThat(Files.readString(loaded))
        .contains("framewise.engine.files.FolderStore")
        .doesNotContain("software.amazon.awssdk");
  }

  private ChildService service(String name) throws IOException {
    return ChildService.start(folder.resolve("data-" + name), settings(name));
  }

  private Map<String, String> settings(String prefix) {
    Map<String, String> settings = new HashMap<>(model.settings());
    settings.putAll(store.settings(prefix));
    settings.put("FRAMEWISE_FIND_LOCAL", "off");
    return settings;
  }

  private static HttpRequest.BodyPublisher none() {
    return HttpRequest.BodyPublishers.noBody();
  }

  private static byte[] range(TestClient client, String id, int first, int last)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> part =
        client.sendForBytes(
            client
                .to("/sessions/" + id + "/video", "Range", "bytes=%d-%d".formatted(first, last))
                .GET());
    assertThat(part.statusCode()).isEqualTo(206);
    return part.body();
  }

  private static byte[] thumbnail(TestClient client, String id)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> jpeg =
        client.sendForBytes(client.to("/sessions/" + id + "/frame.jpg?width=128").GET());
    assertThat(jpeg.statusCode()).isEqualTo(200);
    return jpeg.body();
  }

  private static boolean isResult(JsonNode event) {
    return event.path("type").asText().equals("result");
  }

  private static void requireNoGap(long after, List<JsonNode> events) {
    assertThat(events.stream().map(event -> event.path("seq").asLong()).filter(seq -> seq > 0))
        .containsExactlyElementsOf(
            LongStream.rangeClosed(after + 1, events.getLast().path("seq").asLong())
                .boxed()
                .toList());
  }

  private static void wipe(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
  }
}
