package framewise.engine.session;

import static framewise.engine.session.SessionFixture.fast;
import static framewise.engine.session.SessionFixture.results;
import static framewise.engine.session.SessionFixture.untilOver;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.engine.Status;
import framewise.engine.money.SpendingTotal;
import framewise.engine.session.view.Counters;
import framewise.engine.session.view.SessionView;
import framewise.media.picture.FramePool;
import framewise.time.WallClock;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FastPaceAnswersEveryClipInOrderTest {
  @TempDir Path folder;

  @Test
  void evenWhenALaterClipIsAnsweredFirst() throws Exception {
    var secondAnswered = new CountDownLatch(1);
    var backend =
        new TestBackend(
            "builtin",
            2,
            (clip, question) -> {
              if (clip.index() == 0) {
                secondAnswered.await();
              } else {
                secondAnswered.countDown();
              }
              return question.prompt() + " " + clip.newest().time();
            });
    try (var fixture = new SessionFixture(folder, WallClock.system(), backend)) {
      Session session = fixture.upload(12);
      session.start(fast("where?"));
      List<JsonNode> events = untilOver(session);

      assertThat(results(events))
          .extracting(e -> e.at("/clip/index").asLong())
          .containsExactlyElementsOf(LongStream.range(0, 12).boxed().toList());
      assertThat(results(events).get(7).get("result").asText()).isEqualTo("where? 00:00:07.000");
      assertThat(events.getLast().get("type").asText()).isEqualTo("end");
      assertThat(events.getLast().get("status").asText()).isEqualTo("finished");
      SessionView view = session.view();
      assertThat(view.status()).isEqualTo(Status.FINISHED);
      assertThat(view.counters()).isEqualTo(new Counters(12, 0, 0, 0, SpendingTotal.NOTHING));
      assertThat(fixture.sessions().active()).isZero();
    }
    assertThat(FramePool.inUse()).isZero();
  }
}
