package framewise.server.service.upload;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.server.service.ChildService;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads 300 MB through a heap of 48 MB. */
class UploadTakesLittleMemoryTest {
  private static final long SIZE = 300L << 20;

  @TempDir Path folder;

  @Test
  void ofAnySize() throws Exception {
    try (var service = ChildService.start(folder.resolve("data"), Map.of(), "-Xmx48m")) {
      var refused =
          service
              .client()
              .upload("file", "zeros.mp4", BodyPublishers.ofInputStream(() -> new Zeros(SIZE)));
      // The service read the whole upload before it could tell that it is not a video.
      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(415);
      assertThat(service.client().get("/").statusCode()).isEqualTo(200);
    }
  }

  private static final class Zeros extends InputStream {
    private long left;

    Zeros(long size) {
      this.left = size;
    }

    @Override
    public int read() {
      return left-- > 0 ? 0 : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (left <= 0) {
        return -1;
      }
      int given = (int) Math.min(left, length);
      left -= given;
      return given;
    }
  }
}
