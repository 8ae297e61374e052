package framewise.engine.session.stream;

import static framewise.engine.session.SessionFixture.next;
import static framewise.engine.session.SessionFixture.results;
import static framewise.engine.session.SessionFixture.untilOver;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.engine.RefusedException;
import framewise.engine.Status;
import framewise.engine.money.PriceTable;
import framewise.engine.result.Tap;
import framewise.engine.session.Session;
import framewise.engine.session.SessionFixture;
import framewise.engine.session.TestBackend;
import framewise.engine.settings.Prompt;
import framewise.engine.settings.PromptSettings;
import framewise.engine.settings.SkipUnchanged;
import framewise.engine.settings.StreamSettings;
import framewise.engine.source.Ending;
import framewise.engine.source.HandFedSource;
import framewise.engine.source.SourceKind;
import framewise.media.Sampling;
import framewise.media.picture.FramePool;
import framewise.time.WallClock;
import framewise.vision.StreamEnd;
import framewise.vision.StreamEnd.Cure;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One prompt goes to a service that takes the stream, another to a model that takes clips. */
@Timeout(90)
class StreamsAndClipsShareAVideoTest {
  private static final Sampling FIVE_A_SECOND = new Sampling(5, 1, 0.2, 0.2);

  @TempDir Path folder;

  private final ScriptedStreamBackend far = new ScriptedStreamBackend();
  private final TestBackend near =
      new TestBackend("near", 2, (clip, question) -> question.prompt() + " (near)");
  private SessionFixture fixture;

  @BeforeEach
  void open() {
    fixture = new SessionFixture(folder, WallClock.system(), far, near);
  }

  @AfterEach
  void nothingIsLeft() {
    fixture.close();
    await().untilAsserted(() -> assertThat(FramePool.inUse()).isZero());
    await().until(() -> far.taken().stream().allMatch(ScriptedStreamBackend.Taken::closed));
  }

  @Test
  void eachPromptIsAnsweredAboutTheWholeVideo() throws Exception {
    Session session = fixture.upload(3);
    session.start(
        settings(prompt("streamed", "far"), prompt("second", "far"), prompt("clips", "near")));
    List<JsonNode> results = results(untilOver(session));
    for (String name : List.of("streamed", "second", "clips")) {
      List<JsonNode> own = results.stream().filter(r -> name(r).equals(name)).toList();
      assertThat(own).as(name).hasSizeBetween(3, 16); // fewer on a busy machine
      assertThat(own.getLast().at("/clip/start_seconds").asDouble()).isBetween(1.5, 3.0);
    }
    assertThat(far.taken()).as("a stream for each prompt").hasSize(2);
    assertThat(session.view().status()).isEqualTo(Status.FINISHED);
  }

  @Test
  void aLostStreamDelaysNoOtherPrompt() throws Exception {
    Session session = fixture.upload(4);
    Tap tap = session.log().tap(0);
    session.start(settings(prompt("streamed", "far"), prompt("clips", "near")));
    untilNamed("streamed", tap);
    far.refuseNext(new StreamEnd("insufficient_credits", "no credit is left", Cure.NONE));
    far.taken().getFirst().end(new StreamEnd("lease_expired", "expired", Cure.NEW_STREAM));
    List<JsonNode> results = results(untilOver(session));
    assertThat(results.stream().filter(r -> name(r).equals("clips"))).hasSizeBetween(4, 20);
    assertThat(session.view().status()).isEqualTo(Status.FINISHED);
  }

  @Test
  void everySettingCanBeChangedDuringLiveVideo() throws Exception {
    try (var source = new HandFedSource()) {
      Session session =
          fixture.sessions().stream(
              SourceKind.WEBRTC, "camera", source, settings(prompt("one", "far")));
      Tap tap = session.log().tap(0);
      sendingUntil("far", tap, source);
      session.change(settings -> settings.withSampling(new Sampling(4, 1, 0.5, 0.5)));
      sendingUntil("far", tap, source);
      assertThat(far.taken()).hasSize(2);
      assertThat(far.taken().getFirst().closed()).isTrue();
      assertThat(far.taken().get(1).sampling()).isEqualTo(new Sampling(4, 1, 0.5, 0.5));
      session.change(settings -> settings.withPrompts(List.of(prompt("one", "near"))));
      sendingUntil("near", tap, source);
      await().until(() -> far.taken().get(1).closed());
      session.change(settings -> settings.withPrompts(List.of(prompt("one", "far"))));
      sendingUntil("far", tap, source);
      assertThat(far.taken()).hasSize(3);
      source.end(new Ending(Status.FINISHED, "gone"));
      untilOver(session);
      assertThat(session.view().status()).isEqualTo(Status.FINISHED);
    }
  }

  @Test
  void aChangeRefusedByTheServiceChangesNothing() throws Exception {
    Session session = fixture.upload(20);
    Tap tap = session.log().tap(0);
    StreamSettings before = session.start(settings(prompt("one", "far")));
    untilNamed("one", tap);
    far.refuseNext(new StreamEnd("invalid_request", "not like this", Cure.OTHER_REQUEST));
    assertThatThrownBy(
            () -> session.change(settings -> settings.withSampling(new Sampling(9, 1, 0.2, 0.2))))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("not like this");
    assertThat(session.view().settings()).contains(before);
    untilNamed("one", tap);
    assertThat(far.taken()).hasSize(1);
    session.stop();
  }

  @Test
  void unchangedClipsAreSkippedBesideAStream() throws Exception {
    Session session = fixture.still(3, 100);
    session.start(
        settings(prompt("streamed", "far"), prompt("clips", "near"))
            .withSkipUnchanged(Optional.of(new SkipUnchanged(0.05, 60))));
    List<JsonNode> results = results(untilOver(session));
    assertThat(results.stream().filter(r -> name(r).equals("clips")).count()).isLessThan(4);
    assertThat(results.stream().filter(r -> name(r).equals("streamed")).count()).isGreaterThan(10);
  }

  @Test
  void aSpentBudgetEndsTheStreamAndAFreeFallbackAnswers() throws Exception {
    Path prices =
        Files.writeString(
            folder.resolve("prices.yaml"),
            "prices:\n  - {backend: far, model: far-1, input: 100, output: 1000}");
    try (var priced =
        new SessionFixture(
            folder.resolve("priced"),
            WallClock.system(),
            options ->
                options.toBuilder()
                    .prices(PriceTable.of(prices, List.of("far", "near")))
                    .evidenceQuota(0)
                    .build(),
            far,
            near)) {
      Session session = priced.upload(4);
      session.start(
          settings(prompt("one", "far"))
              .withFallback(List.of("near"))
              .withBudget(Optional.of(new BigDecimal("0.3"))));
      List<JsonNode> events = untilOver(session);
      List<JsonNode> results = results(events);
      assertThat(results.getFirst().path("backend").asText()).isEqualTo("far");
      assertThat(results.getFirst().path("cost_estimated").asBoolean()).isTrue();
      assertThat(results.getLast().path("backend").asText()).isEqualTo("near");
      assertThat(events)
          .anyMatch(e -> e.path("detail").asText().contains("the budget of $0.3 is used up"));
      assertThat(far.taken()).as("no other stream is opened").hasSize(1);
    }
  }

  private static String name(JsonNode result) {
    return result.path("name").asText();
  }

  private static void untilNamed(String name, Tap tap) throws InterruptedException {
    while (!name(next(tap, "result")).equals(name)) {
      // results of the others come in between
    }
  }

  /** Sends pictures, each as soon as the last was taken, until this back end has answered. */
  private static void sendingUntil(String backend, Tap tap, HandFedSource source) throws Exception {
    var found =
        new FutureTask<>(
            () -> {
              while (!next(tap, "result").path("backend").asText().equals(backend)) {
                // results of the others come in between
              }
              return true;
            });
    Thread.ofVirtual().start(found);
    int luma = 16;
    while (!found.isDone()) {
      source.send(luma);
      luma = luma == 235 ? 16 : luma + 1;
      await().until(() -> source.isTaken() || found.isDone());
    }
    assertThat(found.get()).isTrue();
  }

  private static StreamSettings settings(PromptSettings... prompts) {
    return StreamSettings.of("?").withPrompts(List.of(prompts)).withSampling(FIVE_A_SECOND);
  }

  private static PromptSettings prompt(String name, String backend) {
    return PromptSettings.of(new Prompt(name + "?"))
        .withName(Optional.of(name))
        .withBackend(Optional.of(backend));
  }
}
