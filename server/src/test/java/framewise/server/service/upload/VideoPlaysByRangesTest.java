package framewise.server.service.upload;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideoPlaysByRangesTest {
  @TempDir Path folder;

  @Test
  void wholePartialAndUnsatisfiable() throws Exception {
    Path file = TestVideos.moving(folder, 3);
    byte[] bytes = Files.readAllBytes(file);
    try (var service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo())) {
      TestClient client = service.client();
      String video = "/sessions/" + client.uploaded(file) + "/video";

      HttpResponse<byte[]> whole = client.sendForBytes(client.to(video));
      assertThat(whole.statusCode()).isEqualTo(200);
      assertThat(whole.body()).isEqualTo(bytes);
      assertThat(whole.headers().firstValue("Content-Type")).contains("video/mp4");
      assertThat(whole.headers().firstValue("Accept-Ranges")).contains("bytes");
      String etag = whole.headers().firstValue("ETag").orElseThrow();

      var head = client.send(client.to(video).HEAD());
      assertThat(head.statusCode()).isEqualTo(200);
      assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(bytes.length);
      assertThat(head.body()).isEmpty();

      var part = client.sendForBytes(client.to(video, "Range", "bytes=100-199"));
      assertThat(part.statusCode()).isEqualTo(206);
      assertThat(part.body()).isEqualTo(Arrays.copyOfRange(bytes, 100, 200));
      assertThat(part.headers().firstValue("Content-Range"))
          .contains("bytes 100-199/" + bytes.length);

      var behind = client.get(video, "Range", "bytes=" + bytes.length + "-");
      assertThat(behind.statusCode()).isEqualTo(416);
      assertThat(behind.headers().firstValue("Content-Range")).contains("bytes */" + bytes.length);
      assertThat(TestClient.json(behind).path("code").asText()).isEqualTo("range_not_satisfiable");

      assertThat(client.get(video, "If-None-Match", etag).statusCode()).isEqualTo(304);
      assertThat(status(client, video, "Range", "bytes=0-9", "If-Range", etag)).isEqualTo(206);
      assertThat(status(client, video, "Range", "bytes=0-9", "If-Range", "\"other\""))
          .isEqualTo(200);
    }
  }

  private static int status(TestClient client, String path, String... headers) throws Exception {
    return client.sendForBytes(client.to(path, headers)).statusCode();
  }
}
