package framewise.engine.session;

import static framewise.engine.session.SessionFixture.fast;
import static framewise.engine.session.SessionFixture.results;
import static framewise.engine.session.SessionFixture.untilOver;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.engine.money.PriceTable;
import framewise.engine.money.SpendingTotal;
import framewise.engine.settings.PromptSettings;
import framewise.engine.settings.StreamSettings;
import framewise.time.WallClock;
import framewise.vision.AnswerException;
import framewise.vision.Backend;
import framewise.vision.FailureKind;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tokens are billed whichever back end answers, under whatever model name, with or without token
 * counts. Here, one answer of gpt-5.4 costs $0.004, or $0.0015625 if estimated: 25 tokens for the
 * request and 100 for the answer.
 */
@Timeout(90)
class EveryTokenIsBilledTest {
  private static final ScriptedService.Script SEES = (clip, question) -> "seen";

  @TempDir Path folder;

  private final TestBackend builtin = new TestBackend("builtin", 1, (clip, question) -> "free");

  @Test
  void aPaidModelIsStoppedEvenIfTheDefaultIsFree() throws Exception {
    var both = service("gpt-free", "gpt-5.4");
    try (var fixture = fixture(Optional.empty(), both, builtin)) {
      Session session = fixture.upload(20);
      session.start(asking("gpt-5.4").withBudget(dollars("0.02")).withFallback(List.of("builtin")));
      assertThat(by(untilOver(session), "openai").size()).isBetween(5, 9);
    }
  }

  @Test
  void aFreeModelContinuesEvenIfTheDefaultIsPaid() throws Exception {
    var both = service("gpt-5.4", "gpt-free");
    try (var fixture = fixture(dollars("0.004"), both, builtin)) {
      Session first = fixture.upload(1);
      first.start(asking("gpt-5.4"));
      untilOver(first);
      assertThat(fixture.sessions().spending().refusal()).isPresent();
      Session second = fixture.upload(3);
      second.start(asking("gpt-free").withFallback(List.of("builtin")));
      assertThat(by(untilOver(second), "openai")).hasSize(3);
    }
  }

  @Test
  void anAliasCostsWhatTheRequestedModelCosts() throws Exception {
    var gateway = service("gpt-5.4").answeringAs("openai/gpt-5.4");
    try (var fixture = fixture(Optional.empty(), gateway, builtin)) {
      Session session = fixture.upload(20);
      session.start(asking("gpt-5.4").withBudget(dollars("0.02")).withFallback(List.of("builtin")));
      List<JsonNode> paid = by(untilOver(session), "openai");
      assertThat(paid.size()).isBetween(5, 9);
      assertThat(paid.getFirst().get("model").asText()).isEqualTo("openai/gpt-5.4");
      assertThat(paid.getFirst().get("cost_usd").decimalValue()).isEqualByComparingTo("0.004");
      assertThat(spent(session).unpriced()).isZero();
    }
  }

  @Test
  void aBudgetEstimatesMissingTokens() throws Exception {
    try (var fixture = fixture(Optional.empty(), service("gpt-5.4").silent(), builtin)) {
      Session session = fixture.upload(20);
      session.start(asking("gpt-5.4").withBudget(dollars("0.01")).withFallback(List.of("builtin")));
      List<JsonNode> paid = by(untilOver(session), "openai");
      assertThat(paid.size()).isBetween(7, 11);
      assertThat(paid.getFirst().get("cost_usd").decimalValue()).isEqualByComparingTo("0.0015625");
      assertThat(paid.getFirst().get("cost_estimated").asBoolean()).isTrue();
      assertThat(paid.getFirst().has("usage")).isFalse();
      assertThat(spent(session).unpriced()).isZero();
      assertThat(spent(session).usage().inputTokens()).as("as the services count").isZero();
    }
  }

  @Test
  void theDailyBudgetEstimatesTheRestToo() throws Exception {
    try (var fixture = fixture(dollars("0.01"), service("gpt-5.4").silent(), builtin)) {
      Session session = fixture.upload(20);
      session.start(asking("gpt-5.4").withFallback(List.of("builtin")));
      assertThat(by(untilOver(session), "openai").size()).isBetween(7, 11);
    }
  }

  @Test
  void aBudgetEstimatesFailedCallsThatMayBeBilled() throws Exception {
    var late = failing(9, new AnswerException(FailureKind.TIMEOUT, "it did not answer in time"));
    try (var fixture = fixture(Optional.empty(), late)) {
      Session session = fixture.upload(1);
      session.start(asking("gpt-5.4").withBudget(dollars("1")));
      JsonNode result = results(untilOver(session)).getFirst();
      assertThat(result.get("ok").asBoolean()).isFalse();
      assertThat(result.get("cost_estimated").asBoolean()).isTrue();
      assertThat(spent(session).dollars()).as("asked twice").isEqualByComparingTo("0.003125");
      assertThat(spent(session).unpriced()).isZero();
    }
  }

  @Test
  void withoutABudgetNothingIsEstimated() throws Exception {
    try (var fixture = fixture(Optional.empty(), service("gpt-5.4").silent())) {
      Session session = fixture.upload(2);
      session.start(asking("gpt-5.4"));
      List<JsonNode> results = results(untilOver(session));
      assertThat(results).noneMatch(r -> r.has("cost_usd") || r.has("cost_estimated"));
      assertThat(spent(session).unpriced()).isEqualTo(2);
    }
  }

  @Test
  void freeModelsNeedNoTokens() throws Exception {
    try (var fixture = fixture(Optional.empty(), service("gpt-free").silent())) {
      Session session = fixture.upload(2);
      session.start(asking("gpt-free").withBudget(dollars("0.01")));
      List<JsonNode> results = results(untilOver(session));
      assertThat(results).noneMatch(r -> r.has("cost_estimated"));
      assertThat(results.getFirst().get("cost_usd").asDouble()).isZero();
      assertThat(spent(session)).isEqualTo(SpendingTotal.NOTHING);
    }
  }

  @Test
  void aFailedFirstAttemptIsBilledToo() throws Exception {
    var cutOff =
        new AnswerException(FailureKind.SERVICE_FAILED, "cut off").withUsage(ScriptedService.USAGE);
    try (var fixture = fixture(Optional.empty(), failing(1, cutOff), builtin)) {
      Session session = fixture.upload(1);
      session.start(asking("gpt-5.4").withFallback(List.of("builtin")));
      JsonNode result = results(untilOver(session)).getFirst();
      assertThat(result.get("backend").asText()).isEqualTo("builtin");
      assertThat(result.has("cost_usd")).as("what this answer cost").isFalse();
      assertThat(spent(session).dollars()).isEqualByComparingTo("0.004");
      assertThat(spent(session).usage()).isEqualTo(ScriptedService.USAGE);
      assertThat(fixture.sessions().spending().today().dollars()).isEqualByComparingTo("0.004");
    }
  }

  @Test
  void bothAttemptsAreBilled() throws Exception {
    var cutOff =
        new AnswerException(FailureKind.SERVICE_FAILED, "cut off").withUsage(ScriptedService.USAGE);
    try (var fixture = fixture(Optional.empty(), failing(1, cutOff))) {
      Session session = fixture.upload(1);
      session.start(asking("gpt-5.4"));
      JsonNode result = results(untilOver(session)).getFirst();
      assertThat(result.get("ok").asBoolean()).isTrue();
      assertThat(result.get("cost_usd").decimalValue()).isEqualByComparingTo("0.004");
      assertThat(spent(session).dollars()).isEqualByComparingTo("0.008");
      fixture.reopen(true);
      assertThat(spent(fixture.sessions().get(session.id())).dollars())
          .isEqualByComparingTo("0.008");
      assertThat(fixture.sessions().spending().today().dollars()).isEqualByComparingTo("0.008");
    }
  }

  @Test
  void aCallThatNeverReachedTheModelIsFree() throws Exception {
    for (String code :
        List.of(
            "unreachable",
            "unauthorized",
            "insufficient_credits",
            "unknown_model",
            "invalid_request",
            "rate_limited")) {
      assertThat(afterFailing(code).unpriced()).as(code).isZero();
    }
  }

  @Test
  void aCallThatMayHaveReachedTheModelIsUnpriced() throws Exception {
    for (String code : List.of("timeout", "service_failed")) {
      assertThat(afterFailing(code).unpriced()).as(code + ", asked twice").isEqualTo(2);
    }
    assertThat(afterFailing("unreadable_answer").unpriced()).isEqualTo(2);
    assertThat(afterFailing("empty_answer").unpriced()).isEqualTo(1);
  }

  private SpendingTotal afterFailing(String code) throws Exception {
    var failing =
        failing(9, new AnswerException(FailureKind.valueOf(code.toUpperCase(Locale.ROOT)), "no"));
    try (var fixture = fixture(Optional.empty(), failing)) {
      Session session = fixture.upload(1);
      session.start(asking("gpt-5.4"));
      assertThat(results(untilOver(session)).getFirst().at("/error/code").asText()).isEqualTo(code);
      return spent(session);
    }
  }

  private static ScriptedService service(String... models) {
    return new ScriptedService(
        "openai", List.of(models), SEES, Optional.empty(), Optional.of(ScriptedService.USAGE));
  }

  /** A service that fails this many times before it answers. */
  private static ScriptedService failing(int times, AnswerException why) {
    var asked = new AtomicInteger();
    return new ScriptedService(
        "openai",
        "gpt-5.4",
        (clip, question) -> {
          if (asked.incrementAndGet() <= times) {
            throw why;
          }
          return "seen";
        });
  }

  private SessionFixture fixture(Optional<BigDecimal> daily, Backend... backends) throws Exception {
    Path prices = folder.resolve("prices.yaml");
    Files.writeString(
        prices, "prices: [{backend: openai, model: gpt-free, input: 0, output: 0}]\n");
    return new SessionFixture(
        folder,
        WallClock.system(),
        options ->
            options.toBuilder()
                .prices(PriceTable.of(prices, List.of()))
                .dailyBudget(daily)
                .evidenceQuota(0)
                .build(),
        backends);
  }

  private static StreamSettings asking(String model) {
    StreamSettings settings = fast("?").withBackend("openai");
    PromptSettings first = settings.first();
    return settings.withPrompts(List.of(first.withModel(Optional.of(model))));
  }

  private static Optional<BigDecimal> dollars(String amount) {
    return Optional.of(new BigDecimal(amount));
  }

  private static List<JsonNode> by(List<JsonNode> events, String backend) {
    return results(events).stream().filter(r -> r.get("backend").asText().equals(backend)).toList();
  }

  private static SpendingTotal spent(Session session) {
    return session.view().counters().spent();
  }
}
