package framewise.engine.result;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.engine.SessionId;
import framewise.engine.store.OldDatabases;
import framewise.media.MediaTime;
import framewise.testing.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTakeLittleSpaceTest {
  private static final int RESULTS = 500;

  /**
   * The limit for a result in bytes: half of the 745 that the previous layout took for the same
   * results.
   */
  private static final int MAX_BYTES = 370;

  @TempDir Path folder;

  @Test
  void lessThanHalfOfTheOldSize() {
    try (var logs = new Logs(folder)) {
      ResultLog log = logs.open();
      log.startRun();
      long before = logs.usedBytes();
      for (int i = 0; i < RESULTS; i++) {
        log.append(usual(i));
      }
      long each = (logs.usedBytes() - before) / RESULTS;
      assertThat(each).as("bytes of a result in the database").isLessThan(MAX_BYTES);
    }
  }

  @Test
  void andAreReadBackByteForByte() {
    try (var logs = new Logs(folder)) {
      ResultLog log = logs.open();
      log.startRun();
      List<Event> events = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        events.add(i % 7 == 0 ? named("second", i) : usual(i));
        events.add(new Event.Unchanged(Optional.empty(), i, 3, MediaTime.ofSeconds(i)));
      }
      events.forEach(log::append);
      List<LoggedEvent> stored = logs.open().after(0, 1_000);
      assertThat(stored).hasSize(events.size());
      for (int i = 0; i < events.size(); i++) {
        SessionId session = logs.session;
        Instant at = new ManualClock().now();
        assertThat(stored.get(i).json())
            .isEqualTo(EventJson.write(i + 1L, 1, session, at, events.get(i)));
      }
    }
  }

  @Test
  void andEarlierFormatsAreStillRead() {
    OldDatabases.ofVersion4(folder.resolve("test.db"));
    try (var logs = new Logs(folder)) {
      ResultLog log = logs.open(OldDatabases.SESSION);
      assertThat(log.lastSeq()).isEqualTo(3);
      assertThat(log.run()).isEqualTo(2);
      assertThat(log.startOfNewestRun()).isEqualTo(1);
      assertThat(log.counts()).isEqualTo(new ResultCounts(2, 1));
      assertThat(log.after(0, 10))
          .extracting(LoggedEvent::json)
          .containsExactlyElementsOf(OldDatabases.EVENTS);
      log.append(usual(9));
      assertThat(log.resultsAfter(0, 10)).hasSize(3);
    }
  }

  private static Event.Result named(String name, int i) {
    Event.Result usual = usual(i);
    return new Event.Result(
        usual.id(),
        Optional.of(name),
        "Another \"question\" with ünïcode 🚲",
        usual.backend(),
        usual.model(),
        new Event.Outcome.Failed("timeout", "No answer within 30 s", Optional.empty()),
        usual.clip(),
        usual.inferenceLatency(),
        usual.totalLatency(),
        usual.timings(),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * A typical result of a session in the console: a question of one sentence, and a short answer.
   */
  private static Event.Result usual(int i) {
    return new Event.Result(
        UUID.nameUUIDFromBytes(new byte[] {(byte) i, (byte) (i >> 8)}).toString(),
        Optional.empty(),
        "How many people are in the picture, and what do they carry?",
        "builtin",
        "nanodet-coco80-416",
        new Event.Outcome.Answered(i % 3 + " people, " + i % 5 + " backpacks", "stop"),
        new Event.ClipInfo(i, new MediaTime(i * 1_000_000L), MediaTime.ofSeconds(i + 0.1), 1),
        Duration.ofMillis(117 + i % 50),
        Duration.ofMillis(161 + i % 70),
        Map.of("decode", Duration.ofMillis(9), "detect", Duration.ofMillis(100 + i % 40)),
        Optional.empty(),
        Optional.empty());
  }
}
