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
import framewise.engine.settings.StreamSettings;
import framewise.media.picture.FramePool;
import framewise.time.WallClock;
import framewise.vision.AnswerException;
import framewise.vision.FailureKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(90)
class FallbackAnswersDuringOutagesTest {
  @TempDir Path folder;
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicBoolean well = new AtomicBoolean();

  @AfterEach
  void nothingIsLeft() {
    assertThat(FramePool.inUse()).isZero();
  }

  @Test
  void everyClipIsAnsweredAndNamesItsBackEnd() throws Exception {
    try (var fixture = fixture(new AnswerException(FailureKind.SERVICE_FAILED, "503"))) {
      Session session = fixture.upload(12);
      session.start(fast("?").withBackend("openai").withFallback(List.of("builtin")));
      List<JsonNode> events = untilOver(session);

      assertThat(results(events)).hasSize(12).allMatch(result -> result.get("ok").asBoolean());
      assertThat(results(events)).allMatch(r -> r.get("backend").asText().equals("builtin"));
      assertThat(asked.get())
          .as("five failures on end, and those that were under way with the fifth")
          .isBetween(5, 8);
      assertThat(details(events))
          .anyMatch(
              text ->
                  text.matches(
                      "openai is paused for \\d s \\(service_failed\\); switched to builtin"));
    }
  }

  @Test
  void thePreferredBackEndResumes() throws Exception {
    var away =
        new AnswerException(FailureKind.RATE_LIMITED, "429").withRetryAfter(Duration.ofSeconds(3));
    try (var fixture = fixture(away)) {
      Session session = fixture.upload(30);
      Tap tap = session.log().tap(0);
      session.start(StreamSettings.of("?").withBackend("openai").withFallback(List.of("builtin")));
      assertThat(next(tap, "result").get("backend").asText()).isEqualTo("builtin");
      well.set(true);
      JsonNode result = next(tap, "result");
      while (!result.get("backend").asText().equals("openai")) {
        result = next(tap, "result");
      }
      session.stop();
      assertThat(details(untilOver(session))).contains("retrying openai");
    }
  }

  @Test
  void withoutAFallbackItRetriesOnceAndReportsWhy() throws Exception {
    try (var fixture = fixture(new AnswerException(FailureKind.UNREACHABLE, "no route"))) {
      Session session = fixture.upload(1);
      session.start(fast("?").withBackend("openai"));
      List<JsonNode> results = results(untilOver(session));
      assertThat(results).hasSize(1);
      assertThat(results.getFirst().at("/error/code").asText()).isEqualTo("unreachable");
      assertThat(asked).hasValue(2);
    }
  }

  @Test
  void aFaultyQuestionIsNotRetried() throws Exception {
    try (var fixture = fixture(new AnswerException(FailureKind.CONTENT_FILTER, "no"))) {
      Session session = fixture.upload(1);
      session.start(fast("?").withBackend("openai").withFallback(List.of("builtin")));
      assertThat(results(untilOver(session)).getFirst().at("/error/code").asText())
          .isEqualTo("content_filter");
      assertThat(asked).hasValue(1);
    }
  }

  @Test
  void aRateLimitedServiceIsPausedAndNothingIsLost() throws Exception {
    var away =
        new AnswerException(FailureKind.RATE_LIMITED, "429").withRetryAfter(Duration.ofSeconds(2));
    try (var fixture = fixture(away)) {
      Session session = fixture.upload(12); // more clips than are in flight at a time
      Tap tap = session.log().tap(0);
      session.start(fast("?").withBackend("openai"));
      assertThat(next(tap, "result").get("ok").asBoolean()).isFalse();
      well.set(true);
      List<JsonNode> events = untilOver(session);
      assertThat(results(events)).hasSize(12);
      assertThat(details(events)).anyMatch(text -> text.endsWith("skipping clips"));
      assertThat(asked).as("each clip once").hasValue(12);
    }
  }

  @Test
  void anUnknownFallbackIsRefused() throws Exception {
    try (var fixture = fixture(new AnswerException(FailureKind.UNREACHABLE, "x"))) {
      Session session = fixture.upload(1);
      assertThatThrownBy(() -> session.start(fast("?").withFallback(List.of("grok"))))
          .isInstanceOf(RefusedException.class)
          .hasMessage("fallback is \"grok\" but must be one of openai, builtin");
    }
  }

  private SessionFixture fixture(AnswerException trouble) {
    var openai =
        new ScriptedService(
            "openai",
            "gpt-5.4",
            (clip, question) -> {
              asked.incrementAndGet();
              if (well.get()) {
                return "well";
              }
              throw trouble;
            });
    var builtin = new TestBackend("builtin", 2, (clip, question) -> "meanwhile");
    return new SessionFixture(folder, WallClock.system(), openai, builtin);
  }

  private static List<String> details(List<JsonNode> events) {
    return events.stream().filter(e -> e.has("detail")).map(e -> e.get("detail").asText()).toList();
  }
}
