package framewise.engine.session;

import static framewise.engine.session.SessionFixture.fast;
import static framewise.engine.session.SessionFixture.next;
import static framewise.engine.session.SessionFixture.results;
import static framewise.engine.session.SessionFixture.untilOver;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.engine.RefusedException;
import framewise.engine.result.Tap;
import framewise.engine.settings.Prompt;
import framewise.engine.settings.PromptSettings;
import framewise.engine.settings.StreamSettings;
import framewise.media.Sampling;
import framewise.media.picture.FramePool;
import framewise.time.WallClock;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(90)
class ChangesTakeEffectOnTheNextClipTest {
  @TempDir Path folder;
  private final Semaphore mayAnswer = new Semaphore(0);

  @AfterEach
  void nothingIsLeft() {
    assertThat(FramePool.inUse()).isZero();
  }

  @Test
  void aNewBackEndAnswersAndIsLogged() throws Exception {
    try (var fixture = fixture()) {
      Session session = fixture.upload(10);
      Tap tap = session.log().tap(0);
      session.start(fast("first").withBackend("a"));
      mayAnswer.release();
      assertThat(next(tap, "result").get("result").asText()).isEqualTo("a: first");
      session.change(settings -> settings.withBackend("b").withPrompt(new Prompt("second")));
      mayAnswer.release(100);
      List<JsonNode> events = untilOver(session);

      List<JsonNode> results = results(events);
      assertThat(results).extracting(r -> r.at("/clip/index").asInt()).hasSize(10).isSorted();
      assertThat(results.getLast().get("result").asText()).isEqualTo("b: second");
      JsonNode updated = only(events, "settings_updated");
      assertThat(updated.get("changed").toString()).isEqualTo("[\"prompt\",\"backend\"]");
      assertThat(updated.at("/settings/backend").asText()).isEqualTo("b");
      assertThat(only(events, "prompt_updated").get("prompt").asText()).isEqualTo("second");
      assertThat(session.view().settings().orElseThrow().backend()).contains("b");
    }
  }

  @Test
  void aShorterDelayContinuesAtTheSamePlace() throws Exception {
    try (var fixture = fixture()) {
      Session session = fixture.upload(10);
      Tap tap = session.log().tap(0);
      session.start(fast("?").withBackend("a"));
      mayAnswer.release();
      assertThat(next(tap, "result").at("/clip/start_seconds").asDouble()).isZero();
      session.change(settings -> settings.withSampling(new Sampling(1, 0.1, 0.1, 0.5)));
      mayAnswer.release(100);
      List<Double> starts =
          results(untilOver(session)).stream()
              .map(r -> r.at("/clip/start_seconds").asDouble())
              .toList();
      assertThat(starts).isSorted().doesNotHaveDuplicates();
      assertThat(starts).contains(5.5, 6.0, 6.5, 9.5);
    }
  }

  @Test
  void promptsCanBeAddedAndRemoved() throws Exception {
    try (var fixture = fixture()) {
      Session session = fixture.upload(10);
      Tap tap = session.log().tap(0);
      session.start(fast("?").withPrompts(List.of(prompt("one", "a"), prompt("two", "a"))));
      mayAnswer.release(2);
      next(tap, "result");
      next(tap, "result");
      session.change(
          settings -> settings.withPrompts(List.of(prompt("two", "a"), prompt("three", "b"))));
      mayAnswer.release(100);
      List<JsonNode> results = results(untilOver(session));
      assertThat(results.stream().filter(r -> r.get("name").asText().equals("two"))).hasSize(10);
      assertThat(results.stream().filter(r -> r.get("name").asText().equals("one")))
          .hasSizeLessThan(10);
      assertThat(results.stream().filter(r -> r.get("name").asText().equals("three")))
          .isNotEmpty()
          .allSatisfy(r -> assertThat(r.get("result").asText()).isEqualTo("b: three?"));
    }
  }

  @Test
  void aPromptIsChangedByItsName() throws Exception {
    try (var fixture = fixture()) {
      Session session = fixture.upload(10);
      session.start(fast("?").withPrompts(List.of(prompt("one", "a"), prompt("two", "a"))));
      assertThatThrownBy(() -> session.updatePrompt(new Prompt("x")))
          .isInstanceOf(RefusedException.class)
          .hasMessage("name is missing but must be one of one, two");
      session.updatePrompt(Optional.of("two"), new Prompt("other"));
      mayAnswer.release(100);
      List<JsonNode> events = untilOver(session);
      assertThat(only(events, "prompt_updated").get("name").asText()).isEqualTo("two");
      assertThat(results(events).stream().map(r -> r.get("result").asText()))
          .contains("a: other", "a: one?");
    }
  }

  @Test
  void invalidChangesAreRefusedAndChangeNothing() throws Exception {
    try (var fixture = fixture()) {
      Session session = fixture.upload(3);
      assertThatThrownBy(() -> session.change(settings -> settings))
          .isInstanceOf(RefusedException.class)
          .hasMessage("This session is uploaded: only one that is streaming can be changed.");
      StreamSettings before = session.start(fast("?").withBackend("a"));
      assertThatThrownBy(() -> session.change(settings -> settings.withBackend("grok")))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("grok");
      assertThat(session.view().settings()).contains(before);
      mayAnswer.release(100);
      assertThat(untilOver(session).stream().map(e -> e.get("type").asText()))
          .doesNotContain("settings_updated");
    }
  }

  private SessionFixture fixture() {
    return new SessionFixture(folder, WallClock.system(), backend("a"), backend("b"));
  }

  private TestBackend backend(String name) {
    return new TestBackend(
        name,
        1,
        (clip, question) -> {
          mayAnswer.acquire();
          return name + ": " + question.prompt();
        });
  }

  private static JsonNode only(List<JsonNode> events, String type) {
    List<JsonNode> found =
        events.stream().filter(e -> e.get("type").asText().equals(type)).toList();
    assertThat(found).as(type).hasSize(1);
    return found.getFirst();
  }

  private static PromptSettings prompt(String name, String backend) {
    return PromptSettings.of(new Prompt(name + "?"))
        .withName(Optional.of(name))
        .withBackend(Optional.of(backend));
  }
}
