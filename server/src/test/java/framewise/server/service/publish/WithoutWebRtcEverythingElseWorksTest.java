package framewise.server.service.publish;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.server.service.ChildService;
import framewise.server.service.TestVideos;
import framewise.server.service.overshoot.OvershootClient;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WithoutWebRtcEverythingElseWorksTest {
  @TempDir Path folder;

  /**
   * With ICE servers, the native library was needed until Framewise's own receiver contacted them
   * itself.
   */
  @ParameterizedTest
  @ValueSource(strings = {"", "stun:192.0.2.1:3478"})
  void aStreamNeedsNoNativeLibrary(String iceServers) throws Exception {
    try (var service = service(Map.of("FRAMEWISE_ICE_SERVERS", iceServers));
        var sender = new VideoSender()) {
      var app = new OvershootClient(service.client(), OvershootClient.KEY);
      var created = app.create(OvershootClient.order(sender.offer()));
      assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
      assertThat(app.get("/models").statusCode()).isEqualTo(200);
      assertThat(service.client().uploaded(TestVideos.moving(folder, 1))).isNotEmpty();
    }
  }

  /**
   * Starts a service that cannot load the library: it would be unpacked into a folder that does not
   * exist. SQLite uses another one.
   */
  private ChildService service(Map<String, String> settings) throws Exception {
    return ChildService.start(
        folder.resolve("data"),
        settings,
        "-Djava.io.tmpdir=/nonexistent",
        "-Dorg.sqlite.tmpdir=" + folder);
  }
}
