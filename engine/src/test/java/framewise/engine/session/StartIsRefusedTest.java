package framewise.engine.session;

import static framewise.engine.session.SessionFixture.fast;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import framewise.engine.Refusal;
import framewise.engine.Refusal.Code;
import framewise.engine.RefusedException;
import framewise.engine.Status;
import framewise.engine.settings.Prompt;
import framewise.media.picture.FramePool;
import framewise.time.WallClock;
import framewise.vision.UnavailableBackend;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StartIsRefusedTest {
  @TempDir Path folder;
  private final TestBackend forever =
      new TestBackend(
          "builtin",
          1,
          (clip, question) -> {
            new CountDownLatch(1).await();
            return "";
          });

  @Test
  void whenTheBackEndIsUnknownOrNotReady() throws Exception {
    var missing = new UnavailableBackend("gemini", "GEMINI_API_KEY must be provided.");
    try (var fixture = new SessionFixture(folder, WallClock.system(), missing, forever)) {
      Session session = fixture.upload(1);
      Refusal unknown = refusal(() -> session.start(fast("?").withBackend("grok")));
      assertThat(unknown.code()).isEqualTo(Code.INVALID_FIELD);
      assertThat(unknown.detail())
          .isEqualTo("backend is \"grok\" but must be one of gemini, builtin");
      assertThat(unknown.errors()).extracting(Refusal.FieldError::field).containsExactly("backend");
      Refusal notReady = refusal(() -> session.start(fast("?").withBackend("gemini")));
      assertThat(notReady.code()).isEqualTo(Code.BACKEND_NOT_CONFIGURED);
      assertThat(notReady.detail()).isEqualTo("GEMINI_API_KEY must be provided.");
      assertThat(session.view().status()).isEqualTo(Status.UPLOADED);
      assertThat(session.start(fast("?")).backend()).isEqualTo(Optional.of("builtin"));
    }
  }

  @Test
  void atTheLimitOfStreamingSessions() throws Exception {
    try (var fixture = new SessionFixture(folder, WallClock.system(), forever)) {
      for (int i = 0; i < 4; i++) {
        fixture.upload(1).start(fast("?"));
      }
      Session fifth = fixture.upload(1);
      assertThat(refusal(() -> fifth.start(fast("?"))).code()).isEqualTo(Code.TOO_MANY_STREAMS);
      fixture.sessions().get(fixture.sessions().list(0, 10).getLast().id()).stop();
      fifth.start(fast("?"));
      assertThat(fixture.sessions().active()).isEqualTo(4);
    }
  }

  @Test
  void whenTheVideoIsMissing() throws Exception {
    try (var fixture = new SessionFixture(folder, WallClock.system(), forever)) {
      Session session = fixture.upload(1);
      Files.delete(session.file().orElseThrow().path());
      assertThat(refusal(() -> session.start(fast("?"))).code()).isEqualTo(Code.VIDEO_MISSING);
      assertThat(fixture.sessions().active()).isZero();
    }
  }

  @Test
  void andAnInvalidVideoMakesNoSession() throws Exception {
    try (var fixture = new SessionFixture(folder, WallClock.system(), forever)) {
      Path upload = fixture.sessions().newUpload();
      Files.writeString(upload, "This is no video.");
      assertThat(refusal(() -> fixture.sessions().add(upload, "a.mp4")).code())
          .isEqualTo(Code.NOT_A_VIDEO);
      assertThat(upload).doesNotExist();
      assertThat(fixture.sessions().count()).isZero();
    }
    assertThat(FramePool.inUse()).isZero();
  }

  @Test
  void whenAPromptIsBlankOrTooLong() {
    assertThat(refusal(() -> new Prompt(" ")).detail())
        .isEqualTo("prompt is empty but must have at least one character");
    assertThat(refusal(() -> new Prompt("x".repeat(8_001))).detail())
        .isEqualTo("prompt has 8001 characters but must have at most 8000");
  }

  private static Refusal refusal(ThrowingCallable action) {
    RefusedException refused = catchThrowableOfType(RefusedException.class, action);
    assertThat(refused).as("a refusal").isNotNull();
    return refused.refusal();
  }
}
