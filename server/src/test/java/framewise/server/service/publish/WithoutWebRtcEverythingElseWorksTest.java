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
  void aStreamNeedsNoNativeLibrary() throws Exception {
    try (var service = service(Map.of());
        var sender = new VideoSender()) {
      var app = new OvershootClient(service.client(), OvershootClient.KEY);
      var created = app.create(OvershootClient.order(sender.offer()));
      assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    }
  }

  /** STUN servers are asked by the native library alone. */
  @Test
  void withIceServersAStreamIsRefusedWithWhatToDo() throws Exception {
    try (var service = service(Map.of("FRAMEWISE_ICE_SERVERS", "stun:192.0.2.1:3478"));
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

  /** The library would be unpacked into a folder that does not exist; SQLite uses another one. */
  private ChildService service(Map<String, String> settings) throws Exception {
    return ChildService.start(
        folder.resolve("data"),
        settings,
        "-Djava.io.tmpdir=/nonexistent",
        "-Dorg.sqlite.tmpdir=" + folder);
  }
}
