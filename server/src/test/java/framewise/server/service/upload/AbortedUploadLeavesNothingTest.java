package framewise.server.service.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AbortedUploadLeavesNothingTest {
  @TempDir Path folder;

  @Test
  void whenTheSenderDisconnects() throws Exception {
    Path uploads = folder.resolve("data/uploads");
    try (var service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo())) {
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), service.client().port())) {
        String head =
            """
            POST /upload-video HTTP/1.1\r
            Host: localhost\r
            Content-Type: multipart/form-data; boundary=b\r
            Content-Length: 10000000\r
            \r
            --b\r
            Content-Disposition: form-data; name="file"; filename="a.mp4"\r
            \r
            """;
        socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().write(new byte[1 << 20]);
        socket.getOutputStream().flush();
        await().untilAsserted(() -> assertThat(sizeOf(uploads)).isGreaterThan(500_000));
      }
      await().untilAsserted(() -> assertThat(sizeOf(uploads)).isZero());
      try (Stream<Path> left = Files.list(uploads)) {
        assertThat(left).isEmpty();
      }
      assertThat(service.client().get("/sessions").body()).contains("\"total\":0");
    }
  }

  private static long sizeOf(Path folder) throws Exception {
    long size = 0;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        size += file.toFile().length();
      }
    }
    return size;
  }
}
