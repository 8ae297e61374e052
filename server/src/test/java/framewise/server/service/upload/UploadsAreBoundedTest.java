package framewise.server.service.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadsAreBoundedTest {
  /** Clients on this machine may use three quarters of the 32 slots. */
  private static final int SHARE = 24;

  @TempDir Path folder;

  @Test
  void oneMoreIsRefusedUntilAnotherEnds() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try (var service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo())) {
      TestClient client = service.client();
      for (int i = 0; i < SHARE; i++) {
        var socket = new Socket(InetAddress.getLoopbackAddress(), client.port());
        slow.add(socket);
        socket
            .getOutputStream()
            .write(
                """
                POST /upload-video HTTP/1.1\r
                Host: localhost\r
                Content-Length: 1000\r
                Content-Type: multipart/form-data; boundary=x\r
                \r
                --x\r
                """
                    .getBytes(StandardCharsets.US_ASCII));
      }
      await().until(() -> client.get("/metrics").body().contains("framewise_uploads 24"));

      var refused = client.upload("file", "a.mp4", BodyPublishers.ofString("x"));
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).contains("5");
      assertThat(TestClient.json(refused).path("code").asText()).isEqualTo("too_many_uploads");
      assertThat(client.get("/sessions").statusCode()).isEqualTo(200);

      slow.getFirst().close();
      await()
          .untilAsserted(
              () ->
                  assertThat(client.upload("file", "a.mp4", BodyPublishers.ofString("x")))
                      .extracting(answer -> answer.statusCode())
                      .isEqualTo(415));
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }
}
