package framewise.engine.session;

import static framewise.engine.session.SessionFixture.next;
import static framewise.engine.session.SessionFixture.results;
import static framewise.engine.session.SessionFixture.untilOver;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.engine.result.Tap;
import framewise.engine.settings.Pace;
import framewise.engine.settings.Prompt;
import framewise.engine.settings.PromptSettings;
import framewise.engine.settings.StreamSettings;
import framewise.media.picture.EncodedPicture;
import framewise.media.picture.FramePool;
import framewise.media.picture.FrameSize;
import framewise.time.WallClock;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SeveralPromptsShareTheFramesTest {
  @TempDir Path folder;

  @AfterEach
  void nothingIsLeft() {
    assertThat(FramePool.inUse()).isZero();
  }

  @Test
  void allPromptsGetTheSamePictures() throws Exception {
    Map<String, EncodedPicture> seen = new ConcurrentHashMap<>();
    ScriptedService.Script script =
        (clip, question) -> {
          seen.put(
              question.prompt() + " " + clip.index(),
              clip.jpegs(new FrameSize(768), 85).getFirst());
          return question.prompt() + " " + clip.index();
        };
    try (var fixture =
        new SessionFixture(
            folder,
            WallClock.system(),
            new ScriptedService("openai", "gpt-5.4", script),
            new ScriptedService("gemini", "gemini-2.5-flash", script))) {
      Session session = fixture.upload(5);
      session.start(asking(Pace.FAST, prompt("people", "openai"), prompt("text", "gemini")));
      List<JsonNode> results = results(untilOver(session));

      for (String name : List.of("people", "text")) {
        assertThat(results.stream().filter(r -> r.get("name").asText().equals(name)))
            .extracting(r -> r.get("result").asText())
            .containsExactly(name + "? 0", name + "? 1", name + "? 2", name + "? 3", name + "? 4");
      }
      for (int clip = 0; clip < 5; clip++) {
        assertThat(seen.get("people? " + clip))
            .as("encoded once")
            .isNotNull()
            .isSameAs(seen.get("text? " + clip));
      }
      assertThat(results)
          .filteredOn(r -> r.get("name").asText().equals("text"))
          .allSatisfy(r -> assertThat(r.get("backend").asText()).isEqualTo("gemini"));
    }
  }

  @Test
  void aSlowPromptDelaysNoOther() throws Exception {
    var never = new Semaphore(0);
    try (var fixture =
        new SessionFixture(
            folder,
            WallClock.system(),
            new TestBackend("quick", 1, (clip, question) -> "at once"),
            new TestBackend(
                "slow",
                1,
                (clip, question) -> {
                  never.acquire();
                  return "late";
                }))) {
      Session session = fixture.upload(4);
      Tap tap = session.log().tap(0);
      session.start(asking(Pace.REALTIME, prompt("a", "slow"), prompt("b", "quick")));
      for (int clip = 0; clip < 3; clip++) {
        JsonNode result = next(tap, "result");
        assertThat(result.get("name").asText()).isEqualTo("b");
        assertThat(result.at("/clip/index").asInt()).isEqualTo(clip);
      }
      session.stop();
    }
  }

  @Test
  void eachPromptResumesAfterARestart() throws Exception {
    var mayAnswer = new Semaphore(2);
    TestBackend.Script slow =
        (clip, question) -> {
          mayAnswer.acquire();
          return "a " + clip.index();
        };
    try (var fixture =
        new SessionFixture(
            folder,
            WallClock.system(),
            new TestBackend("quick", 1, (clip, question) -> "b " + clip.index()),
            new TestBackend("slow", 1, slow))) {
      Session session = fixture.upload(6);
      Tap tap = session.log().tap(0);
      session.start(asking(Pace.FAST, prompt("a", "slow"), prompt("b", "quick")));
      int slowly = 0;
      while (slowly < 2) {
        slowly += next(tap, "result").get("name").asText().equals("a") ? 1 : 0;
      }
      mayAnswer.release(100);
      fixture.reopen(true);
      List<JsonNode> results = results(untilOver(fixture.sessions().get(session.id())));
      for (String name : List.of("a", "b")) {
        assertThat(results.stream().filter(r -> r.get("name").asText().equals(name)))
            .extracting(r -> r.get("result").asText())
            .as("each clip once, in order")
            .containsExactly(
                name + " 0", name + " 1", name + " 2", name + " 3", name + " 4", name + " 5");
      }
    }
  }

  private static StreamSettings asking(Pace pace, PromptSettings... prompts) {
    return StreamSettings.of("?").withPrompts(List.of(prompts)).withPace(pace);
  }

  private static PromptSettings prompt(String name, String backend) {
    return PromptSettings.of(new Prompt(name + "?"))
        .withName(Optional.of(name))
        .withBackend(Optional.of(backend));
  }
}
