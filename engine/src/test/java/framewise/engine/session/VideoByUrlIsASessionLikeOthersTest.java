package framewise.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.engine.RefusedException;
import framewise.engine.Status;
import framewise.engine.result.Tap;
import framewise.engine.session.view.SessionView;
import framewise.engine.settings.Prompt;
import framewise.engine.settings.StreamSettings;
import framewise.engine.source.SourceKind;
import framewise.media.network.AllowedAddresses;
import framewise.media.network.Network;
import framewise.media.network.VideoUrl;
import framewise.media.picture.FramePool;
import framewise.testing.RtspCamera;
import framewise.time.WallClock;
import framewise.vision.Backends;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideoByUrlIsASessionLikeOthersTest {
  @TempDir Path folder;

  private Sessions sessions;

  @BeforeEach
  void open() {
    sessions = open(AllowedAddresses.ANY);
  }

  @AfterEach
  void close() {
    sessions.close();
    // An interrupted question releases its clip on its own thread, a moment later.
    await().until(() -> FramePool.inUse() == 0);
  }

  @Test
  void itIsStartedChangedStoppedAndRestarted() throws Exception {
    try (var camera = RtspCamera.open(folder)) {
      Session session = add(camera);
      assertThat(session.view().source()).isEqualTo(SourceKind.URL);
      assertThat(session.view().status()).isEqualTo(Status.WAITING);
      assertThat(sessions.active()).isZero();
      session.stop();
      assertThat(session.view().status()).isEqualTo(Status.WAITING);
      assertThatThrownBy(() -> session.updatePrompt(new Prompt("x")))
          .isInstanceOf(RefusedException.class);
      for (int run = 0; run < 2; run++) {
        Tap tap = session.log().tap(session.view().lastSeq());
        session.start(StreamSettings.of("first"));
        assertThatThrownBy(() -> session.start(StreamSettings.of("second")))
            .hasMessageContaining("already");
        assertThat(SessionFixture.next(tap, "status").path("status").asText()).isEqualTo("waiting");
        assertThat(SessionFixture.next(tap, "status").path("status").asText())
            .isEqualTo("streaming");
        assertThat(SessionFixture.next(tap, "result").path("prompt").asText()).isEqualTo("first");
        session.updatePrompt(new Prompt("other"));
        JsonNode result = SessionFixture.next(tap, "result");
        while (!result.path("prompt").asText().equals("other")) {
          result = SessionFixture.next(tap, "result");
        }
        session.stop();
        assertThat(session.view().status()).isEqualTo(Status.STOPPED);
        assertThat(sessions.active()).isZero();
      }
      assertThat(session.view().video().orElseThrow().codec()).isEqualTo("h264");
    }
  }

  @Test
  void itResumesAfterARestartIfItWasStarted() throws Exception {
    try (var camera = RtspCamera.open(folder)) {
      Session started = add(camera);
      Session waiting = add(camera);
      started.start(StreamSettings.of("what"));
      Tap tap = started.log().tap(0);
      SessionFixture.next(tap, "result");
      sessions.close();
      sessions = open(AllowedAddresses.ANY);
      assertThat(sessions.get(waiting.id()).view().status()).isEqualTo(Status.WAITING);
      Session again = sessions.get(started.id());
      Tap on = again.log().tap(again.view().lastSeq());
      SessionFixture.next(on, "result");
      assertThat(again.view().status()).isEqualTo(Status.STREAMING);
    }
  }

  @Test
  void anUnreachableCameraIsExplainedAndStoppable() throws Exception {
    try (var camera = RtspCamera.open(folder)) {
      camera.off();
      Session session = add(camera);
      Tap tap = session.log().tap(session.view().lastSeq());
      session.start(StreamSettings.of("what"));
      SessionFixture.next(tap, "status");
      for (int attempt = 0; attempt < 2; attempt++) {
        JsonNode status = SessionFixture.next(tap, "status");
        assertThat(status.path("status").asText()).isEqualTo("waiting");
        assertThat(status.path("detail").asText()).contains("refuses connections");
      }
      session.stop();
      assertThat(SessionFixture.next(tap, "end").path("status").asText()).isEqualTo("stopped");
      assertThat(sessions.active()).isZero();
    }
  }

  @Test
  void forbiddenAddressesAreRefusedAndFailAfterASettingChange() throws Exception {
    try (var camera = RtspCamera.open(folder)) {
      Session session = add(camera);
      sessions.close();
      sessions = open(AllowedAddresses.LAN);
      assertThatThrownBy(() -> add(camera))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("Framewise may not connect to");
      Session same = sessions.get(session.id());
      same.start(StreamSettings.of("what"));
      List<JsonNode> events = SessionFixture.untilOver(same);
      assertThat(events.getLast().path("status").asText()).isEqualTo("failed");
      assertThat(events.getLast().path("reason").asText()).contains("Framewise may not connect to");
      sessions.close();
      sessions = open(AllowedAddresses.OFF);
      assertThatThrownBy(() -> add(camera)).hasMessageContaining("FRAMEWISE_URL_SOURCES is off");
    }
  }

  @Test
  void fastPaceIsRefused() throws Exception {
    try (var camera = RtspCamera.open(folder)) {
      Session session = add(camera);
      assertThatThrownBy(() -> session.start(SessionFixture.fast("what")))
          .hasMessageContaining("pace");
      assertThat(sessions.active()).isZero();
    }
  }

  @Test
  void secretsInOldNamesAreMasked() {
    VideoUrl url = VideoUrl.parse("http://192.0.2.1/cam?usr=bob&channel=1");
    Session session = sessions.addUrl(url, "http://ada:pw@192.0.2.1/cam?usr=bob&channel=1");
    sessions.close();
    sessions = open(AllowedAddresses.ANY);
    SessionView kept = sessions.get(session.id()).view();
    assertThat(kept.filename()).isEqualTo("http://***@192.0.2.1/cam?usr=***&channel=1");
    assertThat(kept.url()).contains(url);
  }

  private Session add(RtspCamera camera) {
    return sessions.addUrl(VideoUrl.parse(camera.url("", "/cam")), "camera");
  }

  private Sessions open(AllowedAddresses reach) {
    return Sessions.open(
        new SessionOptions(folder.resolve("data"), true, 4)
            .toBuilder().network(Network.of(reach)).build(),
        new Backends(
            List.of(new TestBackend("scripted", 1, (clip, question) -> question.prompt()))),
        WallClock.system());
  }
}
