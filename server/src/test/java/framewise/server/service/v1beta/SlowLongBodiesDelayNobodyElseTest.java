package framewise.server.service.v1beta;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Seen: a client that sent 11 MB slowly made all others with more than 1 MB get 503 meanwhile. */
@Timeout(60)
class SlowLongBodiesDelayNobodyElseTest {
  private static final String QUESTION =
      "{\"model\":\"builtin\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}";

  @TempDir Path folder;

  @Test
  void othersAreAnswered() throws Exception {
    try (var service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo(), Map.of());
        var slow = new Socket(InetAddress.getLoopbackAddress(), service.client().port())) {
      slow.getOutputStream()
          .write(
              """
              POST /v1beta/chat/completions HTTP/1.1\r
              Host: localhost:%d\r
              Content-Type: application/json\r
              Content-Length: 11000000\r
              \r
              {"""
                  .formatted(service.client().port())
                  .getBytes(US_ASCII));
      slow.getOutputStream().flush();
      for (int i = 0; i < 3; i++) {
        HttpResponse<String> answer =
            service.client().post("/v1beta/chat/completions", QUESTION + " ".repeat(2_000_000 + i));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      }
      HttpResponse<String> refused =
          service.client().post("/v1beta/chat/completions", QUESTION + " ".repeat(13 << 20));
      assertThat(refused.statusCode()).isEqualTo(413);
      assertThat(refused.body()).contains("12 MB");
      try (Stream<Path> arriving = Files.list(folder.resolve("data/uploads"))) {
        assertThat(arriving).as("the slow one's file alone").hasSizeLessThanOrEqualTo(1);
      }
    }
  }
}
