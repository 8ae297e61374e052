package framewise.engine.session.space;

import static framewise.engine.session.SessionFixture.fast;
import static framewise.engine.session.SessionFixture.next;
import static framewise.engine.session.SessionFixture.untilOver;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import framewise.engine.Refusal.Code;
import framewise.engine.RefusedException;
import framewise.engine.SessionId;
import framewise.engine.session.Session;
import framewise.engine.session.SessionFixture;
import framewise.engine.session.TestBackend;
import framewise.engine.session.retention.Retention;
import framewise.engine.session.retention.SweepCounts.SweptKind;
import framewise.testing.ManualClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class OldDataIsSweptTest {
  private static final Duration MONTH = Duration.ofDays(30);

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock();
  private final Semaphore mayAnswer = new Semaphore(0);
  private final TestBackend backend =
      new TestBackend(
          "builtin",
          4,
          (clip, question) -> {
            // Answer the first clip: if several waited, any of them might be next.
            if (question.prompt().equals("wait") && clip.index() > 0) {
              mayAnswer.acquire();
            }
            return "clip " + clip.index();
          });

  @Test
  void unusedVideosAreDeletedAndResultsKept() throws Exception {
    try (var fixture = keeping(keep -> with(keep, Optional.of(MONTH), Optional.empty()))) {
      Session old = finished(fixture);
      Session running = fixture.upload(2);
      running.start(fast("wait"));
      clock.advance(MONTH.plusDays(1));
      Session fresh = finished(fixture);
      fixture.sweep();

      assertThat(old.file().orElseThrow().path()).doesNotExist();
      assertThat(running.file().orElseThrow().path()).exists();
      assertThat(fresh.file().orElseThrow().path()).exists();
      assertThat(old.log().resultsAfter(0, 10)).hasSize(2);
      assertThat(fixture.sessions().swept().count(SweptKind.UPLOADS)).isEqualTo(1);
      var refused = catchThrowableOfType(RefusedException.class, () -> old.start(fast("again")));
      assertThat(refused.refusal().code()).isEqualTo(Code.VIDEO_MISSING);
      mayAnswer.release(10);
    }
  }

  @Test
  void oldResultsAndEmptySessionsAreDeleted() throws Exception {
    try (var fixture = keeping(keep -> with(keep, Optional.of(MONTH), Optional.of(MONTH)))) {
      Session session = finished(fixture);
      clock.advance(MONTH.minusDays(1));
      fixture.sweep();
      assertThat(session.log().resultsAfter(0, 10)).hasSize(2);
      session.start(fast("a newer run"));
      untilOver(session);
      long newest = session.log().lastSeq();
      clock.advance(Duration.ofDays(2));
      fixture.sweep();
      assertThat(session.log().resultsAfter(0, 10)).hasSize(2);
      assertThat(session.log().after(0, 1).getFirst().seq()).isGreaterThan(4);
      assertThat(session.log().lastSeq()).isEqualTo(newest);

      clock.advance(MONTH.plusDays(1));
      fixture.sweep();
      assertThat(session.file().orElseThrow().path()).doesNotExist();
      clock.advance(MONTH.plusDays(1));
      fixture.sweep();
      assertThat(fixture.sessions().count()).isZero();
      assertThat(fixture.sessions().swept().count(SweptKind.SESSIONS)).isEqualTo(1);
    }
  }

  @Test
  void theNewestEventsOfARunningSessionAreKept() throws Exception {
    try (var fixture = keeping(keep -> with(keep, Optional.of(MONTH), Optional.of(MONTH)))) {
      Session session = fixture.upload(2);
      var tap = session.log().tap(0);
      session.start(fast("wait"));
      next(tap, "result");
      clock.advance(MONTH.plusDays(1));
      fixture.sweep();
      assertThat(session.log().resultsAfter(0, 10)).hasSize(1);
      assertThat(session.isRunning()).isTrue();
      mayAnswer.release(10);
    }
  }

  @Test
  void filesOfNoSessionAreDeleted() throws Exception {
    try (var fixture = keeping(keep -> keep)) {
      Session session = finished(fixture);
      Path data = folder.resolve("data");
      Path orphan = data.resolve("videos").resolve(SessionId.random().toString());
      Files.writeString(orphan, "cut off by a kill");
      Path own = Files.writeString(data.resolve("videos/readme.txt"), "somebody's own");
      Path evidence = data.resolve("evidence").resolve(SessionId.random().toString());
      Files.createDirectories(evidence);
      Files.writeString(evidence.resolve("3.zip"), "of a deleted session");
      fixture.sweep();

      assertThat(orphan).doesNotExist();
      assertThat(evidence).doesNotExist();
      assertThat(own).exists();
      assertThat(session.file().orElseThrow().path()).exists();
      assertThat(fixture.sessions().swept().count(SweptKind.ORPHANS)).isPositive();
    }
  }

  @Test
  void manyOrphanedVideosAreKeptBecauseTheDatabaseIsProbablyWrong() throws Exception {
    try (var fixture = keeping(keep -> keep)) {
      Path videos = folder.resolve("data/videos");
      for (int i = 0; i < 30; i++) {
        Files.writeString(videos.resolve(SessionId.random().toString()), "x");
      }
      fixture.sweep();
      assertThat(videos.toFile().list()).hasSize(30);
    }
  }

  @Test
  void deletedSpaceIsReturnedToTheDisk() throws Exception {
    try (var fixture = keeping(keep -> keep)) {
      Session session = fixture.upload(1);
      session
          .log()
          .store(
              handle ->
                  handle.execute(
                      """
            WITH RECURSIVE n (i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
            INSERT INTO event (session_id, seq, run, type, json)
            SELECT '%s', i, 1, 'status', hex(randomblob(500)) FROM n

            """
                          .formatted(session.id())));
      fixture.sessions().database().shrink();
      long large = fixture.sessions().database().bytes();
      assertThat(large).isGreaterThan(8 << 20);
      fixture.sessions().delete(session.id());
      fixture.sessions().database().shrink();
      assertThat(fixture.sessions().database().bytes()).isLessThan(large / 10);
      assertThat(fixture.sessions().database().walBytes()).isZero();
    }
  }

  private Session finished(SessionFixture fixture) throws Exception {
    Session session = fixture.upload(2);
    session.start(fast("which?"));
    untilOver(session);
    return session;
  }

  private SessionFixture keeping(UnaryOperator<Retention> keep) {
    return new SessionFixture(
        folder,
        clock,
        options -> options.toBuilder().retention(keep.apply(Retention.FOREVER)).build(),
        backend);
  }

  private static Retention with(
      Retention keep, Optional<Duration> uploads, Optional<Duration> results) {
    return new Retention(
        uploads,
        OptionalLong.empty(),
        results,
        keep.resultsPerSession(),
        OptionalLong.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        0);
  }
}
