package framewise.engine.session;

import static framewise.engine.session.SessionFixture.fast;
import static framewise.engine.session.SessionFixture.results;
import static framewise.engine.session.SessionFixture.untilOver;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.engine.money.SpendingTotal;
import framewise.engine.session.view.Counters;
import framewise.media.picture.FramePool;
import framewise.time.WallClock;
import framewise.vision.AnswerException;
import framewise.vision.FailureKind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FailedAnswersAreResultsTest {
  @TempDir Path folder;

  @Test
  void andTheSessionContinues() throws Exception {
    var backend =
        new TestBackend(
            "builtin",
            1,
            (clip, question) ->
                switch ((int) clip.index()) {
                  case 0 ->
                      throw new AnswerException(
                          FailureKind.SCHEMA_UNSUPPORTED, "Cannot fill mood.");
                  case 1 -> throw new IllegalStateException("the model's secrets");
                  default -> "fine";
                });
    try (var fixture = new SessionFixture(folder, WallClock.system(), backend)) {
      Session session = fixture.upload(3);
      session.start(fast("?"));
      List<JsonNode> results = results(untilOver(session));

      assertThat(results).hasSize(3);
      assertThat(results.get(0).get("ok").asBoolean()).isFalse();
      assertThat(results.get(0).get("result").asText()).isEmpty();
      assertThat(results.get(0).at("/error/code").asText()).isEqualTo("schema_unsupported");
      assertThat(results.get(0).at("/error/message").asText()).isEqualTo("Cannot fill mood.");
      assertThat(results.get(1).at("/error/code").asText()).isEqualTo("internal");
      assertThat(results.get(1).toString()).doesNotContain("secrets");
      assertThat(results.get(2).get("ok").asBoolean()).isTrue();
      assertThat(session.view().counters())
          .isEqualTo(new Counters(3, 2, 0, 0, SpendingTotal.NOTHING));
    }
    assertThat(FramePool.inUse()).isZero();
  }

  /** If the failed call did not return its permit, the back end could no longer be used. */
  @Test
  void evenAfterAVirtualMachineError() throws Exception {
    var backend =
        new TestBackend(
            "builtin",
            1,
            (clip, question) -> {
              if (clip.index() < 2) {
                throw new StackOverflowError();
              }
              return "fine";
            });
    try (var fixture = new SessionFixture(folder, WallClock.system(), backend)) {
      Session session = fixture.upload(3);
      session.start(fast("?"));
      List<JsonNode> results = results(untilOver(session));
      assertThat(results.stream().map(result -> result.at("/error/code").asText()))
          .containsExactly("internal", "internal", "");
    }
    assertThat(FramePool.inUse()).isZero();
  }
}
