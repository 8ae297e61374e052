package framewise.engine.session;

import static framewise.engine.session.SessionFixture.fast;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import framewise.engine.Refusal.Code;
import framewise.engine.RefusedException;
import framewise.engine.SmallVideos;
import framewise.engine.Status;
import framewise.engine.result.Tap;
import framewise.media.memory.NativeMemory;
import framewise.time.WallClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Seen: 16 sessions of one 199 KB file took 3.9 GB, and the system ended the process. */
@Timeout(60)
class MemoryOfAllSessionsIsLimitedTest {
  private static final long MB = 1 << 20;

  @TempDir Path folder;
  private final TestBackend forever =
      new TestBackend(
          "builtin",
          1,
          (clip, question) -> {
            new CountDownLatch(1).await();
            return "";
          });

  @AfterEach
  void noLimit() {
    NativeMemory.limit(Long.MAX_VALUE);
  }

  @Test
  void aStartWithoutRoomIsRefusedUntilAnotherEnds() throws Exception {
    try (var fixture = new SessionFixture(folder, WallClock.system(), forever)) {
      Session first = fixture.upload(20);
      Session second = fixture.upload(1);
      first.start(fast("?"));
      NativeMemory.limit(NativeMemory.used() + 5 * MB);
      var refused = catchThrowableOfType(RefusedException.class, () -> second.start(fast("?")));
      assertThat(refused.refusal().code()).isEqualTo(Code.MEMORY_EXHAUSTED);
      assertThat(refused.refusal().detail())
          .startsWith("This video needs ")
          .endsWith("Stop another session, use smaller pictures, or raise FRAMEWISE_MEMORY.");
      assertThat(second.view().status()).isEqualTo(Status.UPLOADED);
      assertThat(fixture.sessions().active()).isEqualTo(1);
      first.stop();
      second.start(fast("?"));
    }
  }

  @Test
  void anUploadWithoutRoomIsRefusedAndLeavesNoFile() throws Exception {
    try (var fixture = new SessionFixture(folder, WallClock.system(), forever)) {
      Path upload = fixture.sessions().newUpload();
      Files.move(SmallVideos.moving(folder, 1), upload, StandardCopyOption.REPLACE_EXISTING);
      NativeMemory.limit(NativeMemory.used() + MB);
      var refused =
          catchThrowableOfType(
              RefusedException.class, () -> fixture.sessions().add(upload, "moving.mp4"));
      assertThat(refused.refusal().code()).isEqualTo(Code.MEMORY_EXHAUSTED);
      assertThat(upload).doesNotExist();
    }
  }

  @Test
  void growingPicturesFailWithTheReason() throws Exception {
    var echo = new TestBackend("builtin", 1, (clip, question) -> "seen");
    try (var fixture = new SessionFixture(folder, WallClock.system(), echo)) {
      Path upload = fixture.sessions().newUpload();
      Files.move(SmallVideos.growing(folder), upload, StandardCopyOption.REPLACE_EXISTING);
      Session session = fixture.sessions().add(upload, "growing.mkv");
      Tap tap = session.log().tap(0);
      NativeMemory.limit(NativeMemory.used() + 25 * MB);
      session.start(fast("?"));
      var end = SessionFixture.next(tap, "end");
      assertThat(end.get("status").asText()).isEqualTo("failed");
      assertThat(end.get("reason").asText())
          .startsWith("This video needs ")
          .contains("MB of memory");
      assertThat(session.log().counts().results()).isPositive();
    }
  }

  @Test
  void sessionsThatDontFitAfterARestartFailWithTheReason() throws Exception {
    try (var fixture = new SessionFixture(folder, WallClock.system(), forever)) {
      Session session = fixture.upload(20);
      session.start(fast("?"));
      NativeMemory.limit(MB);
      fixture.reopen(true);
      Session again = fixture.sessions().get(session.id());
      await().until(() -> again.view().status() == Status.FAILED);
    }
  }
}
