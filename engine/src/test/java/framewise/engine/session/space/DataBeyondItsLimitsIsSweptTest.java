package framewise.engine.session.space;

import static framewise.engine.session.SessionFixture.fast;
import static framewise.engine.session.SessionFixture.untilOver;
import static org.assertj.core.api.Assertions.assertThat;

import framewise.engine.session.Session;
import framewise.engine.session.SessionFixture;
import framewise.engine.session.TestBackend;
import framewise.engine.session.retention.Retention;
import framewise.engine.session.retention.SweepCounts.SweptKind;
import framewise.testing.ManualClock;
import framewise.testing.SmallDisk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Limits by size, by number and by free space; limits by age have another test. */
@Timeout(60)
class DataBeyondItsLimitsIsSweptTest {
  private static final Optional<Duration> FOREVER = Optional.empty();
  private static final OptionalLong ANY = OptionalLong.empty();
  private static final long MB = 1L << 20;

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock();

  @Test
  void theLeastRecentlyUsedVideosAreDeleted() throws Exception {
    Path video = framewise.engine.SmallVideos.moving(folder, 2);
    long each = Files.size(video);
    try (var fixture =
        keeping(
            new Retention(
                FOREVER, OptionalLong.of(2 * each), FOREVER, 1_000, ANY, FOREVER, ANY, 0))) {
      Session first = finished(fixture);
      clock.advance(Duration.ofHours(1));
      Session second = finished(fixture);
      clock.advance(Duration.ofHours(1));
      Session third = finished(fixture);
      fixture.sweep();
      // No video is deleted because of its size within a day of its last use.
      assertThat(first.file().orElseThrow().path()).exists();

      clock.advance(Duration.ofDays(2));
      first.start(fast("used again"));
      untilOver(first);
      fixture.sweep();
      assertThat(first.file().orElseThrow().path()).exists();
      assertThat(second.file().orElseThrow().path()).doesNotExist();
      assertThat(third.file().orElseThrow().path()).exists();
      assertThat(second.log().resultsAfter(0, 10)).hasSize(2);
      assertThat(fixture.sessions().swept().count(SweptKind.UPLOADS)).isEqualTo(1);
    }
  }

  @Test
  void aSessionKeepsALimitedNumberOfEvents() throws Exception {
    Session session;
    Session other;
    long last;
    try (var fixture = keepingAll()) {
      session = finished(fixture);
      last = fill(session, 5_000, 10);
      other = finished(fixture);
    }
    try (var fixture = keeping(new Retention(FOREVER, ANY, FOREVER, 1_000, ANY, FOREVER, ANY, 0))) {
      fixture.sweep();
      session = fixture.sessions().get(session.id());
      assertThat(session.log().after(0, 1).getFirst().seq()).isEqualTo(last - 999);
      assertThat(session.log().lastSeq()).isEqualTo(last);
      assertThat(fixture.sessions().get(other.id()).log().resultsAfter(0, 10)).hasSize(2);
      assertThat(fixture.sessions().swept().count(SweptKind.RESULTS)).isEqualTo(last - 1_000);
    }
  }

  @Test
  void theDatabaseStaysWithinItsLimit() throws Exception {
    Session fresh;
    long last;
    try (var fixture = keepingAll()) {
      Session old = finished(fixture);
      clock.advance(Duration.ofDays(1));
      fresh = finished(fixture);
      fill(old, 8_000, 300);
      last = fill(fresh, 2_000, 300);
    }
    try (var fixture =
        keeping(
            new Retention(
                FOREVER, ANY, FOREVER, Long.MAX_VALUE, OptionalLong.of(4 * MB), FOREVER, ANY, 0))) {
      assertThat(fixture.sessions().database().usedBytes()).isGreaterThan(4 * MB);
      fixture.sweep();
      assertThat(fixture.sessions().database().usedBytes()).isLessThanOrEqualTo(4 * MB);
      // Results are deleted from the least recently used session.
      fresh = fixture.sessions().get(fresh.id());
      assertThat(fresh.log().after(0, 1).getFirst().seq()).isEqualTo(1);
      assertThat(fresh.log().lastSeq()).isEqualTo(last);
      assertThat(fixture.sessions().swept().count(SweptKind.RESULTS)).isPositive();
      assertThat(fixture.sessions().count()).isEqualTo(2);
    }
  }

  @Test
  void evidenceIsDeletedByAgeAndWithItsSession() throws Exception {
    try (var fixture =
        keeping(
            new Retention(
                FOREVER,
                ANY,
                FOREVER,
                1_000,
                ANY,
                Optional.of(Duration.ofDays(30)),
                OptionalLong.of(250),
                0))) {
      Session session = finished(fixture);
      Session other = finished(fixture);
      Path outdated = evidence(session, 1, clock.now().minus(Duration.ofDays(31)), 10);
      Path oldest = evidence(session, 2, clock.now().minus(Duration.ofDays(3)), 100);
      Path older = evidence(session, 3, clock.now().minus(Duration.ofDays(2)), 100);
      Path newest = evidence(session, 4, clock.now().minus(Duration.ofDays(1)), 100);
      Path others = evidence(other, 1, clock.now().minus(Duration.ofDays(4)), 100);
      fixture.reopen(true);
      fixture.sweep();
      assertThat(outdated).doesNotExist();
      assertThat(oldest).doesNotExist();
      assertThat(older).exists();
      assertThat(newest).exists();
      assertThat(others).exists();
      assertThat(fixture.sessions().swept().count(SweptKind.EVIDENCE)).isEqualTo(2);
    }
  }

  @Test
  void onALowDiskEvidenceIsDeletedBeforeUnusedVideos() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(folder.resolve("data"), 40)) {
      var keep =
          new Retention(
              Optional.of(Duration.ofDays(300)), ANY, FOREVER, 1_000, ANY, FOREVER, ANY, 30 * MB);
      try (var fixture = keeping(keep)) {
        Session unused = finished(fixture);
        clock.advance(Duration.ofDays(2));
        Session used = finished(fixture);
        Path small = evidence(used, 1, clock.now().minus(Duration.ofDays(1)), 100);
        fixture.reopen(true);
        fixture.sweep();
        assertThat(small).exists();

        leave(disk, MB);
        fixture.sweep();
        assertThat(small).doesNotExist();
        assertThat(unused.file().orElseThrow().path()).doesNotExist();
        assertThat(used.file().orElseThrow().path()).exists();
        assertThat(fixture.sessions().swept().count(SweptKind.EVIDENCE)).isEqualTo(1);
        assertThat(fixture.sessions().swept().count(SweptKind.UPLOADS)).isEqualTo(1);
      }
    }
  }

  /**
   * Leaves this much free space. The service keeps a twentieth of a small disk free: 2 MB of these
   * 40 MB.
   */
  private static void leave(SmallDisk disk, long bytes) throws Exception {
    long free = disk.path().toFile().getUsableSpace() - bytes;
    Files.write(disk.path().resolve("somebody-elses"), new byte[(int) free]);
  }

  private Path evidence(Session session, long seq, Instant modified, int bytes) throws Exception {
    Path file =
        folder.resolve("data/evidence").resolve(session.id().toString()).resolve(seq + ".zip");
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[bytes]);
    Files.setLastModifiedTime(file, FileTime.from(modified));
    return file;
  }

  /**
   * Adds events to a session that has ended.
   *
   * @return the number of the last event
   */
  private static long fill(Session session, int events, int bytes) {
    long last = session.log().lastSeq();
    session
        .log()
        .store(
            handle -> {
              handle.execute(
                  """
                  WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
                  INSERT INTO event (session_id, seq, run, type, json)
                  SELECT '%s', %d + i, 1, 'status', '{"x":"' || hex(randomblob(%d)) || '"}' FROM n
                  """
                      .formatted(events, session.id(), last, bytes));
              handle.execute(
                  "UPDATE tally SET last_seq = ? WHERE session_id = ?",
                  last + events,
                  session.id().toString());
            });
    return last + events;
  }

  private Session finished(SessionFixture fixture) throws Exception {
    Session session = fixture.upload(2);
    session.start(fast("which?"));
    untilOver(session);
    return session;
  }

  /** Deletes nothing: the service sweeps by itself, and on a slow machine before all is stored. */
  private SessionFixture keepingAll() {
    return keeping(new Retention(FOREVER, ANY, FOREVER, Long.MAX_VALUE, ANY, FOREVER, ANY, 0));
  }

  private SessionFixture keeping(Retention keep) {
    return new SessionFixture(
        folder,
        clock,
        options -> options.toBuilder().retention(keep).build(),
        new TestBackend("builtin", 4, (clip, question) -> "clip " + clip.index()));
  }
}
