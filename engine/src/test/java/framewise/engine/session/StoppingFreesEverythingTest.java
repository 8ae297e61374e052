package framewise.engine.session;

import static framewise.engine.session.SessionFixture.fast;
import static framewise.engine.session.SessionFixture.next;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import framewise.engine.RefusedException;
import framewise.engine.Status;
import framewise.engine.result.Tap;
import framewise.engine.settings.StreamSettings;
import framewise.media.picture.FramePool;
import framewise.time.WallClock;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StoppingFreesEverythingTest {
  @TempDir Path folder;

  @Test
  void duringAnInferenceWithAClipWaiting() throws Exception {
    var asked = new CountDownLatch(1);
    var backend =
        new TestBackend(
            "builtin",
            1,
            (clip, question) -> {
              asked.countDown();
              new CountDownLatch(1).await();
              return "never";
            });
    try (var fixture = new SessionFixture(folder, WallClock.system(), backend)) {
      Session session = fixture.upload(5);
      Tap tap = session.log().tap(0);
      session.start(fast("?"));
      asked.await();
      assertThatThrownBy(() -> session.start(fast("?")))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("already streaming");
      session.stop();
      session.stop();

      assertThat(next(tap, "end").get("status").asText()).isEqualTo("stopped");
      assertThat(tap.isOver()).isTrue();
      assertThat(session.view().status()).isEqualTo(Status.STOPPED);
      assertThat(fixture.sessions().active()).isZero();
      assertThat(threadsOf(session)).isEmpty();

      session.start(StreamSettings.of("again"));
      assertThat(session.log().run()).isEqualTo(2);
      fixture.sessions().delete(session.id());
      assertThat(session.file().orElseThrow().path()).doesNotExist();
      assertThatThrownBy(() -> fixture.sessions().get(session.id()))
          .isInstanceOf(RefusedException.class);
      assertThat(fixture.sessions().list(0, 10)).isEmpty();
      assertThat(folder.resolve("data/uploads")).isEmptyDirectory();
    }
    // An interrupted inference releases its clip on its own thread, a moment later.
    await().until(() -> FramePool.inUse() == 0);
  }

  private static Stream<String> threadsOf(Session session) {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.contains(session.id().toString()));
  }
}
