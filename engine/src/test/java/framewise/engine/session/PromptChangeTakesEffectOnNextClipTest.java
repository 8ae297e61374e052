package framewise.engine.session;

import static framewise.engine.session.SessionFixture.fast;
import static framewise.engine.session.SessionFixture.next;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.engine.RefusedException;
import framewise.engine.result.Tap;
import framewise.engine.settings.Prompt;
import framewise.time.WallClock;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PromptChangeTakesEffectOnNextClipTest {
  @TempDir Path folder;

  @Test
  void andIsLogged() throws Exception {
    var mayAnswer = new Semaphore(1);
    var backend =
        new TestBackend(
            "builtin",
            1,
            (clip, question) -> {
              mayAnswer.acquire();
              return question.prompt();
            });
    try (var fixture = new SessionFixture(folder, WallClock.system(), backend)) {
      Session session = fixture.upload(5);
      assertThatThrownBy(() -> session.updatePrompt(new Prompt("too early")))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("uploaded");
      Tap tap = session.log().tap(0);
      session.start(fast("first"));
      assertThat(next(tap, "result").get("result").asText()).isEqualTo("first");

      session.updatePrompt(new Prompt("second"));
      mayAnswer.release(100);
      assertThat(next(tap, "prompt_updated").get("prompt").asText()).isEqualTo("second");
      JsonNode inFlight = next(tap, "result");
      assertThat(inFlight.get("prompt")).isEqualTo(inFlight.get("result"));
      assertThat(next(tap, "result").get("result").asText()).isEqualTo("second");
      assertThat(next(tap, "end").get("status").asText()).isEqualTo("finished");
      assertThat(session.view().settings().orElseThrow().prompt().text()).isEqualTo("second");
    }
  }
}
