package framewise.engine.session;

import static framewise.engine.session.SessionFixture.next;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.engine.Status;
import framewise.engine.result.Tap;
import framewise.engine.settings.StreamSettings;
import framewise.engine.source.Ending;
import framewise.engine.source.HandFedSource;
import framewise.engine.source.ReturningSource;
import framewise.engine.source.SourceKind;
import framewise.testing.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The log records when a sender disconnects and reconnects, and questions continue afterwards. */
@Timeout(60)
class LostSendersAreAwaitedTest {
  private static final Duration GRACE = Duration.ofSeconds(15);
  private static final Ending LOST = new Ending(Status.FINISHED, "The connection broke.");

  @TempDir Path folder;

  private final ManualClock clock = new ManualClock();
  private final HandFedSource first = new HandFedSource();
  private final HandFedSource second = new HandFedSource();
  private final ReturningSource source = new ReturningSource(first, GRACE, clock);

  @Test
  void itContinuesWithinTheGracePeriod() throws Exception {
    try (SessionFixture fixture = fixture()) {
      Session session = start(fixture);
      Tap tap = session.log().tap(0);
      first.send(50);
      assertThat(next(tap, "result").get("result").asText()).isEqualTo("clip 0");
      first.end(LOST);
      advance(1);
      assertThat(detail(tap))
          .isEqualTo("The connection broke. Waiting up to 15 s for it to reconnect.");
      advance(12);
      assertThat(session.view().status()).isEqualTo(Status.STREAMING);
      assertThat(source.take(second)).isTrue();
      assertThat(detail(tap)).isEqualTo("The sender reconnected.");
      second.send(90);
      JsonNode result = next(tap, "result");
      // The result is about a later clip than the first, because the session's clock kept running.
      // As the test's clock jumps, it may be the clip for which the player was waiting.
      assertThat(result.get("clip").get("start_seconds").asDouble()).isGreaterThanOrEqualTo(1);
      session.stop();
      assertThat(second.isClosed()).isTrue();
    }
  }

  @Test
  void theSessionEndsAfterTheGracePeriod() throws Exception {
    try (SessionFixture fixture = fixture()) {
      Session session = start(fixture);
      Tap tap = session.log().tap(0);
      first.send(50);
      assertThat(next(tap, "result").get("result").asText()).isEqualTo("clip 0");
      first.end(LOST);
      advance(1);
      assertThat(detail(tap)).startsWith("The connection broke.");
      advance(15);
      JsonNode end = next(tap, "end");
      assertThat(end.get("status").asText()).isEqualTo("finished");
      assertThat(end.get("reason").asText())
          .isEqualTo("The connection broke. It did not reconnect within 15 s.");
      assertThat(source.take(second)).isFalse();
    }
  }

  private SessionFixture fixture() {
    return new SessionFixture(
        folder, clock, new TestBackend("builtin", 1, (clip, question) -> "clip " + clip.index()));
  }

  private Session start(SessionFixture fixture) throws InterruptedException {
    return fixture.sessions().stream(
        SourceKind.WHIP, "a camera", source, StreamSettings.of("what"));
  }

  /** The detail of the next status event that has one. */
  private static String detail(Tap tap) throws InterruptedException {
    while (true) {
      JsonNode status = next(tap, "status");
      if (status.hasNonNull("detail")) {
        return status.get("detail").asText();
      }
    }
  }

  private void advance(int seconds) {
    clock.advance(Duration.ofSeconds(seconds));
  }
}
