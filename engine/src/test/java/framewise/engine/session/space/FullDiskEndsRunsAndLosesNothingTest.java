package framewise.engine.session.space;

import static framewise.engine.session.SessionFixture.fast;
import static framewise.engine.session.SessionFixture.json;
import static framewise.engine.session.SessionFixture.next;
import static framewise.engine.session.SessionFixture.results;
import static framewise.engine.session.SessionFixture.untilOver;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.engine.Refusal.Code;
import framewise.engine.RefusedException;
import framewise.engine.SmallVideos;
import framewise.engine.Status;
import framewise.engine.result.Tap;
import framewise.engine.session.Session;
import framewise.engine.session.SessionFixture;
import framewise.engine.session.TestBackend;
import framewise.engine.settings.Prompt;
import framewise.engine.store.UnusableDataException;
import framewise.media.network.VideoUrl;
import framewise.testing.SmallDisk;
import framewise.time.WallClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class FullDiskEndsRunsAndLosesNothingTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;
  private final Semaphore mayAnswer = new Semaphore(2);
  private final TestBackend backend =
      new TestBackend(
          "builtin",
          1,
          (clip, question) -> {
            mayAnswer.acquire();
            // Long enough to make the write-ahead log grow.
            return "clip " + clip.index() + " " + noise();
          });

  @Test
  void aStreamingSessionEndsAndResumesOnceThereIsSpace() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(folder, 24);
        var fixture = new SessionFixture(folder, WallClock.system(), backend)) {
      Session session = fixture.upload(6);
      Tap tap = session.log().tap(0);
      session.start(fast("which?"));
      next(tap, "result");
      next(tap, "result");

      disk.fill();
      mayAnswer.release(1);
      JsonNode end = next(tap, "end");
      assertThat(end.path("status").asText()).isEqualTo("failed");
      assertThat(end.path("reason").asText()).startsWith("The disk is full");
      assertThat(session.view().status()).isEqualTo(Status.FAILED);
      assertThat(fixture.sessions().active()).isZero();

      disk.free();
      mayAnswer.release(100);
      await().atMost(PATIENCE).until(() -> session.view().status() == Status.FINISHED);
      List<JsonNode> events = untilOver(session);
      assertThat(events)
          .extracting(event -> event.path("seq").asLong())
          .containsExactlyElementsOf(LongStream.rangeClosed(1, events.size()).boxed().toList());
      assertThat(results(events))
          .extracting(event -> event.at("/clip/index").asLong())
          .containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
      assertThat(events)
          .anySatisfy(
              event ->
                  assertThat(event.path("detail").asText()).endsWith("after the disk was full"));
    }
  }

  @Test
  void startsAreRefusedAndLeaveNoRun() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(folder, 24);
        var fixture = new SessionFixture(folder, WallClock.system(), backend)) {
      Session streaming = fixture.upload(3);
      streaming.start(fast("which?"));
      Session idle = fixture.upload(1);
      Path arrived = fixture.sessions().newUpload();
      Files.move(SmallVideos.moving(folder, 1), arrived, StandardCopyOption.REPLACE_EXISTING);
      fillForGood(disk, fixture);

      assertRefused(() -> idle.start(fast("again")));
      assertThat(idle.view().status()).isEqualTo(Status.UPLOADED);
      assertThat(idle.isRunning()).isFalse();
      assertRefused(() -> streaming.updatePrompt(new Prompt("other")));
      assertRefused(
          () -> fixture.sessions().addUrl(VideoUrl.parse("http://192.0.2.7/a.mp4"), "camera"));
      assertRefused(() -> fixture.sessions().add(arrived, "a.mp4"));
      assertThat(fixture.sessions().count()).isEqualTo(2);

      streaming.stop();
      assertThat(streaming.view().status()).isEqualTo(Status.STOPPED);
      assertThat(fixture.sessions().active()).isZero();
      Tap tap = streaming.log().tap(0);
      assertThat(next(tap, "end").path("status").asText()).isEqualTo("stopped");

      fixture.sessions().delete(idle.id());
      assertThat(fixture.sessions().count()).isEqualTo(1);
      disk.free();
      mayAnswer.release(100);
      streaming.start(fast("recovered"));
      untilOver(streaming);
      assertThat(streaming.view().status()).isEqualTo(Status.FINISHED);
    }
  }

  @Test
  void theServiceStartsAndDeletesOnAFullDisk() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(folder, 24);
        var fixture = new SessionFixture(folder, WallClock.system(), backend)) {
      Session session = fixture.upload(2);
      mayAnswer.release(10);
      session.start(fast("which?"));
      untilOver(session);
      disk.fill();
      fixture.reopen(true);

      assertThat(fixture.sessions().list(0, 10)).hasSize(1);
      Session after = fixture.sessions().get(session.id());
      assertThat(json(after.log().resultsAfter(0, 1).getFirst()).path("ok").asBoolean()).isTrue();
      fillForGood(disk, fixture);
      assertRefused(() -> after.start(fast("again")));
      fixture.sessions().delete(session.id());
      assertThat(fixture.sessions().count()).isZero();
      disk.free();
      assertThat(fixture.sessions().disk().isFull()).isFalse();
    }
  }

  @Test
  void aStartWithoutAnySpaceFailsWithOneSentence() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(folder, 2)) {
      disk.fill();
      assertThatThrownBy(
              () -> new SessionFixture(folder.resolve("new"), WallClock.system(), backend).close())
          .isInstanceOf(UnusableDataException.class)
          .hasMessageStartingWith("The disk is full");
    }
  }

  /**
   * Fills the disk, and then the free space inside the database's files, until the database reports
   * a full disk.
   */
  private static void fillForGood(SmallDisk disk, SessionFixture fixture) throws Exception {
    disk.fill();
    var last = fixture.sessions().list(0, 1).getFirst();
    for (int i = 0; i < 10_000 && !fixture.sessions().disk().isFull(); i++) {
      try {
        fixture.sessions().get(last.id()).log().store(h -> h.execute(PADDING));
      } catch (RefusedException full) {
        assertThat(full.refusal().code()).isEqualTo(Code.DISK_FULL);
      }
    }
    assertThat(fixture.sessions().disk().isFull()).isTrue();
  }

  private static final String PADDING =
      "INSERT INTO spending VALUES (hex(randomblob(2000)), 'b', 'm', 0, 0, 0, 0, 0)";

  private static void assertRefused(ThrowingCallable call) {
    var refused = catchThrowableOfType(RefusedException.class, call);
    assertThat(refused.refusal().code()).isEqualTo(Code.DISK_FULL);
    assertThat(refused.refusal().detail()).startsWith("The disk is full");
  }

  private static String noise() {
    var random = new Random(7);
    var text = new StringBuilder();
    for (int i = 0; i < 200_000; i++) {
      text.append((char) ('a' + random.nextInt(26)));
    }
    return text.toString();
  }
}
