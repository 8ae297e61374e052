package framewise.engine.session;

import static framewise.engine.session.SessionFixture.next;
import static org.assertj.core.api.Assertions.assertThat;

import framewise.engine.result.Tap;
import framewise.engine.settings.StreamSettings;
import framewise.testing.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SlowBackendNeverGrowsLatencyTest {
  @TempDir Path folder;

  @Test
  void theNewestClipIsNextAndTheRestAreCounted() throws Exception {
    var clock = new ManualClock();
    var asked = new LinkedBlockingQueue<Long>();
    var mayAnswer = new Semaphore(0);
    var backend =
        new TestBackend(
            "builtin",
            1,
            (clip, question) -> {
              asked.add(clip.index());
              mayAnswer.acquire();
              return "clip " + clip.index();
            });
    try (var fixture = new SessionFixture(folder, clock, backend)) {
      Session session = fixture.upload(12);
      Tap tap = session.log().tap(0);
      session.start(StreamSettings.of("?"));
      assertThat(asked.poll(30, TimeUnit.SECONDS)).isZero();
      for (int second = 1; second <= 6; second++) {
        clock.awaitWaiter();
        clock.advance(Duration.ofSeconds(1));
      }
      clock.awaitWaiter(); // clips 1 to 6 have been delivered; the seventh is not due
      mayAnswer.release();
      assertThat(asked.poll(30, TimeUnit.SECONDS)).isEqualTo(6);
      mayAnswer.release(100);

      assertThat(next(tap, "result").get("result").asText()).isEqualTo("clip 0");
      assertThat(next(tap, "result").get("result").asText()).isEqualTo("clip 6");
      session.stop();
      assertThat(session.view().counters().dropped()).isEqualTo(5);
    }
  }
}
