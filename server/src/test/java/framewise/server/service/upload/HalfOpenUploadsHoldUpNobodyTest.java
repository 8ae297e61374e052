package framewise.server.service.upload;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.server.service.ChildService;
import framewise.server.service.TestVideos;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Regression: uploads that stopped after 250 bytes filled the memory: the service accepted no more
 * requests, and could not even be stopped.
 */
@Timeout(180)
class HalfOpenUploadsHoldUpNobodyTest {
  private static final int ATTACKERS = 3_000;
  private static final InetAddress ATTACKER = InetAddress.ofLiteral("127.0.0.2");

  @TempDir Path folder;

  @Test
  void theServiceAnswersAndStopsNormally() throws Exception {
    List<Socket> attack = new ArrayList<>();
    try (var service =
        ChildService.start(
            folder.resolve("data"),
            Map.of(),
            "-Xmx96m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError")) {
      for (int i = 0; i < ATTACKERS; i++) {
        halfOpen(service.client().port(), attack);
      }
      assertThat(service.client().get("/health/live").statusCode()).isEqualTo(200);
      assertThat(service.client().get("/sessions").statusCode()).isEqualTo(200);
      assertThat(service.client().upload(TestVideos.moving(folder, 2)).statusCode()).isEqualTo(200);
      assertThat(service.client().get("/metrics").body())
          .containsPattern("framewise_connections [1-9]")
          .containsPattern("framewise_uploads [0-9]");
      assertThat(service.terminate()).isEqualTo(143);
    } finally {
      for (Socket socket : attack) {
        socket.close();
      }
    }
  }

  private static void halfOpen(int port, List<Socket> attack) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), port, ATTACKER, 0);
    attack.add(socket);
    String head =
        """
        POST /upload-video HTTP/1.1\r
        Host: localhost\r
        Content-Type: multipart/form-data; boundary=x\r
        Content-Length: 100000\r
        \r
        --x\r
        Content-Disposition: form-data; name="file"; filename="a.mp4"\r
        \r
        a\
        """;
    try {
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException refused) {
      // Already closed.
    }
  }
}
