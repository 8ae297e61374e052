package framewise.server.service.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.atlassian.oai.validator.model.Request;
import framewise.engine.preview.Preview;
import framewise.media.picture.FramePool;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import framewise.server.service.contract.Contract;
import framewise.server.service.publish.VideoSender;
import framewise.server.service.publish.WhipClient;
import framewise.testing.TestMachine;
import java.awt.image.BufferedImage;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code GET /sessions/{session_id}/preview}, over plain sockets. */
@Timeout(120)
class SessionsAreWatchedTest {
  private static final Contract CONTRACT = new Contract("openapi.yaml", "");

  @TempDir Path folder;
  private RunningService service;
  private TestClient client;

  @BeforeEach
  void start() throws Exception {
    // The viewers use HTTP/1.0, like some proxies, and therefore do not count as local.
    service =
        RunningService.on(
            folder.resolve("data"), ScriptedBackend.echo(), Map.of("FRAMEWISE_ACCESS", "open"));
    client = service.client();
  }

  @AfterEach
  void stop() {
    service.close();
    assertThat(FramePool.inUse()).isZero();
  }

  @Test
  void untilTheRunEnds() throws Exception {
    try (var sender = new VideoSender()) {
      String id = published(sender);
      assertThat(encoders(id)).isZero();
      try (var one = new Viewer(id, "?fps=15");
          var other = new Viewer(id, "")) {
        assertThat(one.head())
            .contains("200 OK")
            .contains("multipart/x-mixed-replace; boundary=picture")
            .contains("Cache-Control: no-store");
        for (int i = 0; i < 10; i++) {
          assertThat(one.picture().getWidth()).isEqualTo(320);
        }
        assertThat(other.picture().getHeight()).isEqualTo(240);
        assertThat(encoders(id)).isEqualTo(1);
        client.post("/stop-stream/" + id, "");
        one.readToEnd();
        other.readToEnd();
      }
      await().until(() -> encoders(id) == 0);
      assertThat(refused(id, "", 409)).contains("wrong_status");
    }
  }

  @Test
  void disconnectedViewersGetNothing() throws Exception {
    try (var sender = new VideoSender()) {
      String id = published(sender);
      var viewer = new Viewer(id, "");
      assertThat(viewer.picture()).isNotNull();
      viewer.close();
      await().atMost(Duration.ofSeconds(60)).until(() -> encoders(id) == 0);
    }
  }

  @Test
  void slowViewersGetFewerAndNewPictures() throws Exception {
    // Noise of 1280x720 makes pictures of several 100 KB, so that buffers hold few of them.
    Path video = TestVideos.noise(folder, 40);
    String id = client.stream(video, "{\"prompt\":\"what\",\"fps\":10,\"delay_seconds\":0.1}");
    awaitPicture(id);
    try (var viewer = new Viewer(id, "?fps=10");
        var quick = new Viewer(id, "?fps=10")) {
      assertThat(viewer.picture()).isNotNull();
      int made = 0;
      for (long until = System.nanoTime() + 6_000_000_000L; System.nanoTime() < until; made++) {
        assertThat(quick.picture()).isNotNull();
      }
      assertThat(made).isGreaterThan(10);
      int waited = 0;
      for (long asked = System.nanoTime(); System.nanoTime() - asked < 20_000_000L; waited++) {
        asked = System.nanoTime();
        viewer.skip();
      }
      assertThat(waited).as("pictures that waited, of %d", made).isLessThan(made / 2);
    }
  }

  @Test
  void ffmpegReadsIt() throws Exception {
    TestMachine.needs("ffmpeg");
    try (var sender = new VideoSender()) {
      String id = published(sender);
      Process program =
          new ProcessBuilder(
                  "ffmpeg",
                  "-v",
                  "error",
                  "-nostdin",
                  "-i",
                  "http://127.0.0.1:%d/sessions/%s/preview".formatted(client.port(), id),
                  "-frames:v",
                  "3",
                  "-f",
                  "framemd5",
                  "-")
              .redirectErrorStream(true)
              .start();
      String said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(program.waitFor()).as(said).isZero();
      assertThat(said.lines().filter(line -> line.startsWith("0,"))).hasSize(3);
    }
  }

  @Test
  void refusalsAreExplained() throws Exception {
    try (var sender = new VideoSender()) {
      String id = published(sender);
      for (String bad : new String[] {"0", "16", "2.5", "fast"}) {
        assertThat(refused(id, "?fps=" + bad, 422)).contains("from 1 to 15");
      }
      List<Viewer> viewers = new ArrayList<>();
      try {
        for (int i = 0; i < Preview.MAX_WATCHERS; i++) {
          viewers.add(new Viewer(id, "?fps=1"));
          assertThat(viewers.getLast().head()).contains("200 OK");
        }
        assertThat(refused(id, "", 503)).contains("too_many_watchers");
      } finally {
        for (Viewer viewer : viewers) {
          viewer.close();
        }
      }
    }
    assertThat(refused("x", "", 404)).contains("session_not_found");
    assertThat(refused(client.uploaded(TestVideos.moving(folder, 2)), "", 409))
        .contains("This session is not streaming");
  }

  private String published(VideoSender sender) throws Exception {
    String id = new WhipClient(client).publish(sender, "/whip?delay_seconds=60").session();
    awaitPicture(id);
    return id;
  }

  private void awaitPicture(String id) {
    await().until(() -> client.get("/sessions/" + id + "/snapshot.jpg").statusCode() == 200);
  }

  private String refused(String id, String query, int status) throws Exception {
    String path = "/sessions/" + id + "/preview";
    var answer = client.get(path + query);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    CONTRACT.fits(Request.Method.GET, path, answer);
    return answer.body();
  }

  private static long encoders(String id) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("preview-" + id))
        .count();
  }

  /** Reads a preview like a browser, with the smallest buffer that the system allows. */
  private final class Viewer implements AutoCloseable {
    private final Socket socket = new Socket();
    private final InputStream in;
    private final String head;

    Viewer(String id, String query) throws IOException {
      socket.setReceiveBufferSize(16 << 10);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), client.port()));
      // HTTP/1.0, so that the pictures are not chunked.
      socket
          .getOutputStream()
          .write(
              "GET /sessions/%s/preview%s HTTP/1.0\r\nHost: localhost\r\n\r\n"
                  .formatted(id, query)
                  .getBytes(StandardCharsets.US_ASCII));
      in = new BufferedInputStream(socket.getInputStream());
      head = lines();
    }

    String head() {
      return head;
    }

    BufferedImage picture() throws IOException {
      return ImageIO.read(new ByteArrayInputStream(part()));
    }

    void skip() throws IOException {
      assertThat(part()).isNotEmpty();
    }

    void readToEnd() throws IOException {
      long _ = in.transferTo(OutputStream.nullOutputStream());
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }

    private byte[] part() throws IOException {
      String part = lines();
      assertThat(part).startsWith("--picture\r\nContent-Type: image/jpeg\r\n");
      int length = Integer.parseInt(part.replaceAll("(?s).*Content-Length: (\\d+).*", "$1"));
      byte[] jpeg = in.readNBytes(length);
      assertThat(in.readNBytes(2)).containsExactly('\r', '\n');
      return jpeg;
    }

    /** Reads up to the empty line. */
    private String lines() throws IOException {
      var text = new StringBuilder();
      while (!text.toString().endsWith("\r\n\r\n")) {
        int next = in.read();
        assertThat(next).as("after %s", text).isNotNegative();
        text.append((char) next);
      }
      return text.toString();
    }
  }
}
