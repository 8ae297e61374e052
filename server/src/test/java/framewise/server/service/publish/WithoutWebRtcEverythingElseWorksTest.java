package framewise.server.service.publish;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.server.service.ChildService;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import framewise.server.service.overshoot.OvershootClient;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WithoutWebRtcEverythingElseWorksTest {
  @TempDir Path folder;

  @Test
  void aStreamIsRefusedWithWhatToDo() throws Exception {
    // The library is unpacked into this folder, which does not exist; SQLite uses another one.
    try (var service =
            ChildService.start(
                folder.resolve("data"),
                Map.of(),
                "-Djava.io.tmpdir=/nonexistent",
                "-Dorg.sqlite.tmpdir=" + folder);
        var sender = new VideoSender()) {
      var app = new OvershootClient(service.client(), OvershootClient.KEY);
      for (int times = 0; times < 6; times++) {
        var refused = app.create(OvershootClient.order(sender.offer()));
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
        assertThat(TestClient.json(refused).path("error").asText()).isEqualTo("webrtc_unavailable");
        assertThat(TestClient.json(refused).path("message").asText())
            .contains("/nonexistent", "-Djava.io.tmpdir=FOLDER");
      }
      assertThat(app.get("/models").statusCode()).isEqualTo(200);
      assertThat(service.client().uploaded(TestVideos.moving(folder, 1))).isNotEmpty();
    }
  }
}
