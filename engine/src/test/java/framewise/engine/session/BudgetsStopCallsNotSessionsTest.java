package framewise.engine.session;

import static framewise.engine.session.SessionFixture.fast;
import static framewise.engine.session.SessionFixture.next;
import static framewise.engine.session.SessionFixture.results;
import static framewise.engine.session.SessionFixture.untilOver;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.engine.RefusedException;
import framewise.engine.Status;
import framewise.engine.result.Tap;
import framewise.engine.settings.StreamSettings;
import framewise.time.WallClock;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Here, one answer of gpt-5.4 costs $0.004: 1,000 input tokens at $2.50 and 100 output tokens at
 * $15 a million.
 */
@Timeout(90)
class BudgetsStopCallsNotSessionsTest {
  @TempDir Path folder;

  private final ScriptedService openai =
      new ScriptedService("openai", "gpt-5.4", (clip, question) -> "seen");
  private final TestBackend builtin = new TestBackend("builtin", 1, (clip, question) -> "free");

  @Test
  void resultsSessionsAndDaysHaveTheirCosts() throws Exception {
    try (var fixture = new SessionFixture(folder, WallClock.system(), openai, builtin)) {
      Session session = fixture.upload(3);
      session.start(fast("?"));
      List<JsonNode> results = results(untilOver(session));
      assertThat(results).hasSize(3);
      assertThat(results.getFirst().at("/usage/input_tokens").asInt()).isEqualTo(1_000);
      assertThat(results.getFirst().get("cost_usd").decimalValue()).isEqualByComparingTo("0.004");
      assertThat(session.view().counters().spent().dollars()).isEqualByComparingTo("0.012");

      fixture.reopen(true);
      var spent = fixture.sessions().get(session.id()).view().counters().spent();
      assertThat(spent.dollars()).isEqualByComparingTo("0.012");
      assertThat(spent.usage().outputTokens()).isEqualTo(300);
      assertThat(fixture.sessions().spending().today().dollars()).isEqualByComparingTo("0.012");
    }
  }

  @Test
  void aFreeFallbackAnswersOnceTheBudgetIsSpent() throws Exception {
    try (var fixture = new SessionFixture(folder, WallClock.system(), openai, builtin)) {
      Session session = fixture.upload(20);
      session.start(
          fast("?")
              .withBackend("openai")
              .withBudget(Optional.of(new BigDecimal("0.02")))
              .withFallback(List.of("builtin")));
      List<JsonNode> events = untilOver(session);
      List<JsonNode> paid =
          results(events).stream().filter(r -> r.get("backend").asText().equals("openai")).toList();
      assertThat(results(events)).hasSize(20);
      assertThat(paid.size()).as("five, and those under way with the fifth").isBetween(5, 9);
      assertThat(events.stream().filter(e -> e.has("detail")).map(e -> e.get("detail").asText()))
          .anyMatch(
              text ->
                  text.startsWith("openai is stopped: the budget of $0.02 is used up")
                      && text.endsWith("; switched to builtin"));
    }
  }

  @Test
  void withoutAFreeFallbackTheSessionWaitsForALargerBudget() throws Exception {
    try (var fixture = new SessionFixture(folder, WallClock.system(), openai, builtin)) {
      Session session = fixture.upload(20);
      Tap tap = session.log().tap(0);
      session.start(
          fast("?").withBackend("openai").withBudget(Optional.of(new BigDecimal("0.02"))));
      JsonNode status = next(tap, "status");
      while (!status.path("detail").asText().contains("budget")) {
        status = next(tap, "status");
      }
      assertThat(session.view().status()).isEqualTo(Status.STREAMING);
      session.change(settings -> settings.withBudget(Optional.empty()));
      assertThat(results(untilOver(session))).hasSize(20);
      assertThat(session.view().status()).isEqualTo(Status.FINISHED);
    }
  }

  @Test
  void aPlayingVideoEndsWithoutAnswers() throws Exception {
    try (var fixture = new SessionFixture(folder, WallClock.system(), openai, builtin)) {
      Session session = fixture.upload(4);
      session.start(
          StreamSettings.of("?")
              .withBackend("openai")
              .withBudget(Optional.of(new BigDecimal("0.001"))));
      assertThat(results(untilOver(session))).hasSize(1);
      assertThat(session.view().status()).isEqualTo(Status.FINISHED);
      assertThat(session.view().counters().dropped()).isEqualTo(3);
    }
  }

  @Test
  void theDailyBudgetIsSharedByAllSessions() throws Exception {
    try (var fixture =
        new SessionFixture(
            folder,
            WallClock.system(),
            options ->
                options.toBuilder()
                    .dailyBudget(Optional.of(new BigDecimal("0.004")))
                    .evidenceQuota(0)
                    .build(),
            openai,
            builtin)) {
      Session first = fixture.upload(1);
      first.start(fast("?"));
      untilOver(first);
      Session second = fixture.upload(1);
      second.start(fast("?").withBackend("openai").withFallback(List.of("builtin")));
      List<JsonNode> results = results(untilOver(second));
      assertThat(results.getFirst().get("backend").asText()).isEqualTo("builtin");
      assertThat(fixture.sessions().spending().refusal().orElseThrow())
          .contains("FRAMEWISE_DAILY_BUDGET is $0.004");
    }
  }

  @Test
  void aBudgetNeedsAPrice() throws Exception {
    var unknown = new ScriptedService("openai", "never-heard-of", (clip, question) -> "seen");
    try (var fixture = new SessionFixture(folder, WallClock.system(), unknown)) {
      Session session = fixture.upload(2);
      StreamSettings settings = fast("?").withBudget(Optional.of(BigDecimal.ONE));
      assertThatThrownBy(() -> session.start(settings))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("budget needs the price of never-heard-of of openai");
      session.start(fast("?"));
      untilOver(session);
      assertThat(session.view().counters().spent().unpriced()).isEqualTo(2);
    }
  }

  @Test
  void theForecastEstimatesAnHour() throws Exception {
    try (var fixture = new SessionFixture(folder, WallClock.system(), openai, builtin)) {
      Session session = fixture.upload(2);
      session.start(fast("Read").withBackend("openai"));
      var forecast = fixture.sessions().forecast(session.view());
      // 160x120 pixels are 19 tokens, the word 1, 20 of overhead, 100 of answer: $0.0016, 3,600
      // times.
      assertThat(forecast.dollarsPerHour().orElseThrow().doubleValue()).isBetween(5.7, 5.8);
      assertThat(forecast.text()).isEqualTo("about $5.76 an hour");
      assertThat(forecast.questionsPerHour()).isEqualTo(3_600);
      untilOver(session);
      session.start(fast("?").withBackend("openai"));
      assertThat(fixture.sessions().forecast(session.view()).dollarsPerHour().orElseThrow())
          .as("with pictures as they are sent for this prompt")
          .isLessThan(forecast.dollarsPerHour().orElseThrow());
      untilOver(session);
      session.start(fast("?").withBackend("builtin"));
      assertThat(fixture.sessions().forecast(session.view()).dollarsPerHour())
          .hasValue(BigDecimal.ZERO);
      untilOver(session);
    }
  }
}
