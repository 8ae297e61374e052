package framewise.engine.session.restart;

import static framewise.engine.session.SessionFixture.fast;
import static framewise.engine.session.SessionFixture.next;
import static framewise.engine.session.SessionFixture.results;
import static framewise.engine.session.SessionFixture.untilOver;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.engine.Status;
import framewise.engine.folder.DataFolderInUseException;
import framewise.engine.result.Tap;
import framewise.engine.session.Session;
import framewise.engine.session.SessionFixture;
import framewise.engine.session.TestBackend;
import framewise.time.WallClock;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SessionsOutliveTheProcessTest {
  @TempDir Path folder;
  private final Semaphore mayAnswer = new Semaphore(3);
  private final TestBackend backend =
      new TestBackend(
          "builtin",
          1,
          (clip, question) -> {
            mayAnswer.acquire();
            return "clip " + clip.index();
          });

  @Test
  void aStreamingSessionResumesAfterItsLastResult() throws Exception {
    try (var fixture = new SessionFixture(folder, WallClock.system(), backend)) {
      Session before = startAndAwaitThreeResults(fixture);
      fixture.reopen(true);
      mayAnswer.release(100);
      Session after = fixture.sessions().get(before.id());
      List<JsonNode> events = untilOver(after);

      assertThat(events)
          .extracting(e -> e.get("seq").asLong())
          .containsExactlyElementsOf(LongStream.rangeClosed(1, events.size()).boxed().toList());
      assertThat(results(events))
          .extracting(e -> e.at("/clip/index").asLong())
          .containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
      assertThat(events)
          .anySatisfy(
              e ->
                  assertThat(e.path("detail").asText())
                      .isEqualTo("resumed at 00:00:03.000 after a restart"));
      assertThat(after.view().status()).isEqualTo(Status.FINISHED);
      assertThat(after.view().settings().orElseThrow().prompt().text()).isEqualTo("which?");
    }
  }

  @Test
  void orFailsAsInterruptedWhenResumingIsOff() throws Exception {
    try (var fixture = new SessionFixture(folder, WallClock.system(), backend)) {
      Session before = startAndAwaitThreeResults(fixture);
      fixture.reopen(false);
      Session after = fixture.sessions().get(before.id());

      assertThat(after.view().status()).isEqualTo(Status.FAILED);
      assertThat(after.view().reason()).hasValue("interrupted");
      List<JsonNode> events = untilOver(after);
      assertThat(results(events)).hasSize(3);
      assertThat(events.getLast().get("type").asText()).isEqualTo("end");
      mayAnswer.release(100);
      after.start(fast("again"));
      assertThat(results(untilOver(after))).hasSize(9);
    }
  }

  @Test
  void andTwoProcessesNeverShareAFolder() {
    try (var fixture = new SessionFixture(folder, WallClock.system(), backend)) {
      assertThat(fixture.sessions().count()).isZero();
      assertThatThrownBy(() -> new SessionFixture(folder, WallClock.system(), backend).close())
          .isInstanceOf(DataFolderInUseException.class)
          .hasMessageContaining("FRAMEWISE_DATA");
    }
  }

  private static Session startAndAwaitThreeResults(SessionFixture fixture) throws Exception {
    Session session = fixture.upload(6);
    Tap tap = session.log().tap(0);
    session.start(fast("which?"));
    for (int i = 0; i < 3; i++) {
      next(tap, "result");
    }
    return session;
  }
}
