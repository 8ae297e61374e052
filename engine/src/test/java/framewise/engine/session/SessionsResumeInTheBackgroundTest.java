package framewise.engine.session;

import static framewise.engine.session.SessionFixture.fast;
import static framewise.engine.session.SessionFixture.next;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import framewise.engine.Refusal.Code;
import framewise.engine.RefusedException;
import framewise.engine.Status;
import framewise.engine.session.view.SessionView;
import framewise.time.WallClock;
import framewise.vision.Backends;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SessionsResumeInTheBackgroundTest {
  @TempDir Path folder;
  private final Semaphore mayAnswer = new Semaphore(0);
  private final TestBackend backend =
      new TestBackend(
          "builtin",
          1,
          (clip, question) -> {
            mayAnswer.acquire();
            return "clip " + clip.index();
          });

  @Test
  void sessionsAreListedAndStoppableBeforeTheyResume() throws Exception {
    try (var fixture = new SessionFixture(folder, WallClock.system(), backend)) {
      fixture.upload(2).start(fast("which?"));
      fixture.upload(2).start(fast("which?"));
    }
    var options = new SessionOptions(folder.resolve("data"), true, 4);
    try (var sessions =
        Sessions.openWaiting(options, new Backends(List.of(backend)), WallClock.system())) {
      assertThat(sessions.resuming()).isEqualTo(2);
      assertThat(sessions.active()).isZero();
      assertThat(sessions.list(0, 10))
          .extracting(SessionView::status)
          .containsExactly(Status.STREAMING, Status.STREAMING);
      Session stopped = sessions.get(sessions.list(0, 10).getFirst().id());
      Session waiting = sessions.get(sessions.list(0, 10).getLast().id());
      var tap = waiting.log().tap(0);
      next(tap, "status");
      next(tap, "status");
      assertThat(tap.isOver()).isFalse();
      var refused = catchThrowableOfType(RefusedException.class, () -> waiting.start(fast("x")));
      assertThat(refused.refusal().code()).isEqualTo(Code.WRONG_STATUS);
      stopped.stop();
      assertThat(stopped.view().status()).isEqualTo(Status.STOPPED);

      sessions.resume();
      await().atMost(Duration.ofSeconds(30)).until(() -> sessions.resuming() == 0);
      assertThat(waiting.isRunning()).isTrue();
      assertThat(stopped.isRunning()).isFalse();
      assertThat(next(tap, "status").path("detail").asText()).startsWith("resumed at ");
    }
  }

  @Test
  void listingTenThousandSessionsLoadsNone() {
    var options = new SessionOptions(folder.resolve("data"), true, 4);
    try (var sessions =
        Sessions.openWaiting(options, new Backends(List.of(backend)), WallClock.system())) {
      sessions
          .database()
          .write(
              handle -> {
                handle.execute(TEN_THOUSAND);
                handle.execute(
                    "INSERT INTO tally (session_id, last_seq, run, run_start, results, failed, at)"
                        + " SELECT id, 9, 1, 2, 7, 0, 1 FROM session");
              });
      long begin = System.nanoTime();
      List<SessionView> page = sessions.list(5_000, 50);
      Duration took = Duration.ofNanos(System.nanoTime() - begin);
      assertThat(page).hasSize(50).allMatch(view -> view.counters().results() == 7);
      assertThat(sessions.count()).isEqualTo(10_000);
      assertThat(sessions.loaded()).isZero();
      assertThat(took).isLessThan(Duration.ofSeconds(3));
    }
  }

  private static final String TEN_THOUSAND =
      """
      WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
      INSERT INTO session (id, source, filename, file_size, video, created_at, status, dropped)
      SELECT printf('00000000-0000-4000-8000-%012d', i), 'whip', 'camera', 0, 'null', i, 'finished', 0
      FROM n
      """;
}
