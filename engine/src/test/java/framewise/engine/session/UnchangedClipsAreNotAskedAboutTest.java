package framewise.engine.session;

import static framewise.engine.session.SessionFixture.fast;
import static framewise.engine.session.SessionFixture.results;
import static framewise.engine.session.SessionFixture.untilOver;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.engine.settings.SkipUnchanged;
import framewise.media.picture.FramePool;
import framewise.time.WallClock;
import framewise.vision.AnswerException;
import framewise.vision.FailureKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(90)
class UnchangedClipsAreNotAskedAboutTest {
  @TempDir Path folder;

  @AfterEach
  void nothingIsLeft() {
    assertThat(FramePool.inUse()).isZero();
  }

  @Test
  void noiseIsNoChangeButABoxIs() throws Exception {
    try (var fixture = fixture()) {
      Session session = fixture.still(20, 8);
      session.start(fast("?").withSkipUnchanged(skip(0.005, 60)));
      List<JsonNode> events = untilOver(session);

      assertThat(clips(events)).containsExactly(0, 8);
      List<JsonNode> unchanged = ofType(events, "unchanged");
      JsonNode first = results(events).getFirst();
      JsonNode before =
          unchanged.stream()
              .filter(e -> e.get("since_seq").equals(first.get("seq")))
              .reduce((a, b) -> b)
              .orElseThrow();
      assertThat(before.get("skipped").asInt()).isEqualTo(7);
      JsonNode last = unchanged.getLast();
      assertThat(last.get("since_seq")).isEqualTo(results(events).getLast().get("seq"));
      assertThat(last.get("skipped").asInt()).isEqualTo(11);
      assertThat(session.view().counters().unchanged()).isEqualTo(18);
      assertThat(session.view().counters().dropped()).isZero();
    }
  }

  @Test
  void itAsksAnywayAfterTheInterval() throws Exception {
    try (var fixture = fixture()) {
      Session session = fixture.still(12, 99);
      session.start(fast("?").withSkipUnchanged(skip(0.005, 5)));
      assertThat(clips(untilOver(session))).containsExactly(0, 5, 10);
    }
  }

  @Test
  void motionIsAskedEveryTime() throws Exception {
    try (var fixture = fixture()) {
      Session session = fixture.upload(5);
      session.start(fast("?").withSkipUnchanged(skip(0.005, 60)));
      assertThat(clips(untilOver(session))).containsExactly(0, 1, 2, 3, 4);
    }
  }

  @Test
  void aFailureIsNotReused() throws Exception {
    var failed = new AtomicBoolean();
    var backend =
        new TestBackend(
            "builtin",
            1,
            (clip, question) -> {
              if (failed.compareAndSet(false, true)) {
                throw new AnswerException(FailureKind.MODEL_FAILED, "no");
              }
              return "still";
            });
    try (var fixture = new SessionFixture(folder, WallClock.system(), backend)) {
      Session session = fixture.still(6, 99);
      session.start(fast("?").withSkipUnchanged(skip(0.005, 60)));
      List<JsonNode> results = results(untilOver(session));
      assertThat(results).hasSize(2);
      assertThat(results.get(0).get("ok").asBoolean()).isFalse();
      assertThat(results.get(1).get("ok").asBoolean()).isTrue();
    }
  }

  private SessionFixture fixture() {
    return new SessionFixture(
        folder, WallClock.system(), new TestBackend("builtin", 1, (clip, question) -> "seen"));
  }

  private static Optional<SkipUnchanged> skip(double threshold, double refresh) {
    return Optional.of(new SkipUnchanged(threshold, refresh));
  }

  private static List<Integer> clips(List<JsonNode> events) {
    return results(events).stream().map(result -> result.at("/clip/index").asInt()).toList();
  }

  private static List<JsonNode> ofType(List<JsonNode> events, String type) {
    return events.stream().filter(e -> e.get("type").asText().equals(type)).toList();
  }
}
