package framewise.engine.session.stream;

import static framewise.engine.session.SessionFixture.next;
import static framewise.engine.session.SessionFixture.results;
import static framewise.engine.session.SessionFixture.untilOver;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.engine.Refusal.Code;
import framewise.engine.RefusedException;
import framewise.engine.Status;
import framewise.engine.result.Tap;
import framewise.engine.session.Session;
import framewise.engine.session.SessionFixture;
import framewise.engine.session.TestBackend;
import framewise.engine.settings.Prompt;
import framewise.engine.settings.PromptSettings;
import framewise.engine.settings.StreamSettings;
import framewise.engine.source.Ending;
import framewise.engine.source.HandFedSource;
import framewise.engine.source.SourceKind;
import framewise.media.Sampling;
import framewise.media.picture.FramePool;
import framewise.time.WallClock;
import framewise.vision.StreamEnd;
import framewise.vision.StreamEnd.Cure;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(90)
class FallbackAnswersWithoutAStreamTest {
  private static final StreamEnd LEASE =
      new StreamEnd("lease_expired", "the lease expired", Cure.NEW_STREAM);
  private static final StreamEnd NOBODY =
      new StreamEnd("unreachable", "nobody is there", Cure.NEW_STREAM);
  private static final StreamEnd NO_CREDIT =
      new StreamEnd("insufficient_credits", "no credit is left", Cure.NONE);
  private static final StreamEnd NOT_ALLOWED =
      new StreamEnd("invalid_request", "not like this", Cure.OTHER_REQUEST);

  @TempDir Path folder;

  private final ScriptedStreamBackend far = new ScriptedStreamBackend();
  private final List<Optional<String>> models = new CopyOnWriteArrayList<>();
  private final TestBackend builtin =
      new TestBackend(
          "builtin",
          2,
          (clip, question) -> {
            models.add(question.model());
            return question.prompt() + " (near)";
          });
  private SessionFixture fixture;

  @BeforeEach
  void open() {
    fixture = new SessionFixture(folder, WallClock.system(), far, builtin);
  }

  @AfterEach
  void nothingIsLeft() {
    fixture.close();
    await().untilAsserted(() -> assertThat(FramePool.inUse()).isZero());
    assertThat(far.taken()).allMatch(ScriptedStreamBackend.Taken::closed);
  }

  @Test
  void everyPictureIsAnsweredOnceAtItsTime() throws Exception {
    Session session = fixture.upload(8);
    Tap tap = session.log().tap(0);
    session.start(settings("?"));
    untilAnsweredBy("far", tap);
    far.refuseNext(NOBODY);
    far.taken().getFirst().end(LEASE);
    untilAnsweredBy("builtin", tap);
    untilAnsweredBy("far", tap);
    List<JsonNode> events = untilOver(session);

    assertThat(session.view().status()).isEqualTo(Status.FINISHED);
    assertThat(far.taken()).hasSize(2);
    List<JsonNode> results = results(events);
    List<Double> starts =
        results.stream().map(result -> result.at("/clip/start_seconds").asDouble()).toList();
    // 8 s with five a second, fewer on a busy machine; no clip twice
    assertThat(starts).hasSizeBetween(20, 40);
    assertThat(starts.getFirst()).isBetween(0.0, 0.8);
    assertThat(starts.getLast()).isBetween(6.8, 8.0);
    for (int i = 1; i < starts.size(); i++) {
      // When one back end takes over from the other, their clips may overlap by one.
      assertThat(starts.get(i))
          .as("after result " + (i - 1))
          .isGreaterThan(starts.get(i - 1) - 0.2);
    }
    assertThat(details(events))
        .anyMatch(text -> text.matches("lost the stream at 00:00:0\\S+: the lease expired"))
        .containsSubsequence(
            "switched to builtin",
            "no stream so far: nobody is there",
            "opened a new stream at the same position");
    assertThat(models)
        .as("of another back end's models it knows none")
        .containsOnly(Optional.empty());
  }

  @Test
  void aStartSucceedsWithoutTheStream() throws Exception {
    Session session = fixture.upload(3);
    far.refuseNext(NO_CREDIT); // after this error, the next attempt follows only much later
    session.start(settings("?"));
    List<JsonNode> events = untilOver(session);
    assertThat(results(events))
        .hasSizeBetween(5, 15) // fewer on a busy machine
        .allMatch(result -> result.get("backend").asText().equals("builtin"));
    assertThat(session.view().status()).as("with the end of the video").isEqualTo(Status.FINISHED);
    assertThat(details(events))
        .containsSubsequence("no stream so far: no credit is left", "switched to builtin");
  }

  @Test
  void invalidSettingsAreStillRefused() throws Exception {
    Session session = fixture.upload(1);
    far.refuseNext(NOT_ALLOWED);
    assertThatThrownBy(() -> session.start(settings("?")))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> assertThat(e.refusal().code()).isEqualTo(Code.INVALID_FIELD))
        .hasMessageContaining("not like this");
    assertThat(session.view().status()).isEqualTo(Status.UPLOADED);
  }

  @Test
  void theFallbackGetsTheCurrentPrompt() throws Exception {
    Session session = fixture.upload(20);
    Tap tap = session.log().tap(0);
    session.start(settings("first"));
    untilAnsweredBy("far", tap);
    loseForLong();
    assertThat(untilAnsweredBy("builtin", tap).get("result").asText()).isEqualTo("first (near)");
    session.updatePrompt(new Prompt("second"));
    JsonNode result = untilAnsweredBy("builtin", tap);
    while (result.get("result").asText().equals("first (near)")) {
      result = untilAnsweredBy("builtin", tap);
    }
    assertThat(result.get("result").asText()).isEqualTo("second (near)");
    session.stop();
  }

  @Test
  void theFallbackCanBeChangedDuringAnOutage() throws Exception {
    Session session = fixture.upload(20);
    Tap tap = session.log().tap(0);
    session.start(settings("?").withFallback(List.of()));
    untilAnsweredBy("far", tap);
    loseForLong();
    session.change(settings -> settings.withFallback(List.of("builtin")));
    untilAnsweredBy("builtin", tap);
    session.change(settings -> settings.withFallback(List.of()));
    await().untilAsserted(() -> assertThat(session.view().counters().results()).isPositive());
    session.stop();
    assertThat(far.taken()).as("the stream was not opened again for that").hasSize(1);
    assertThat(session.view().status()).isEqualTo(Status.STOPPED);
  }

  @Test
  void liveVideoHasAFallbackToo() throws Exception {
    try (var source = new HandFedSource()) {
      far.refuseNext(NOBODY);
      far.refuseNext(NOBODY);
      Session session =
          fixture.sessions().stream(SourceKind.WEBRTC, "camera", source, settings("?"));
      Tap tap = session.log().tap(0);
      JsonNode near = sendingUntilAnsweredBy("builtin", tap, source);
      JsonNode later = sendingUntilAnsweredBy("far", tap, source);
      assertThat(later.at("/clip/end_seconds").asDouble())
          .as("on one clock")
          .isGreaterThan(near.at("/clip/start_seconds").asDouble());
      source.end(new Ending(Status.FINISHED, "gone"));
      List<JsonNode> events = untilOver(session);
      assertThat(events.stream().filter(e -> e.has("status") && !e.has("detail")))
          .extracting(e -> e.get("status").asText())
          .as("its pictures begin once")
          .containsOnlyOnce("streaming");
      assertThat(session.view().status()).isEqualTo(Status.FINISHED);
    }
  }

  @Test
  void fallbackResultsThatCannotBeStoredEndTheSession() throws Exception {
    Session session = fixture.upload(20);
    Tap tap = session.log().tap(0);
    session.start(settings("?"));
    untilAnsweredBy("far", tap);
    loseForLong();
    untilAnsweredBy("builtin", tap);
    String database = "jdbc:sqlite:" + folder.resolve("data").resolve("framewise.db");
    try (Connection connection = DriverManager.getConnection(database);
        Statement full = connection.createStatement()) {
      full.execute("PRAGMA busy_timeout = 10000");
      full.execute(
          """
          CREATE TRIGGER disk_full BEFORE INSERT ON event WHEN NEW.type = 'result'
          BEGIN SELECT RAISE(ABORT, 'full'); END""");
    }
    untilOver(session);
    assertThat(session.view().status()).isEqualTo(Status.FAILED);
    assertThat(session.view().reason()).contains("Results cannot be stored: is the disk full?");
  }

  @Test
  void aStreamingBackEndCannotBeTheFallback() throws Exception {
    Session session = fixture.upload(1);
    assertThatThrownBy(() -> session.start(settings("?").withFallback(List.of("far"))))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "fallback is \"far\", which gets the whole stream, but must be a back end that answers"
                + " about clips");
  }

  /** Ends the stream, and refuses new ones for longer than the test lasts. */
  private void loseForLong() {
    for (int i = 0; i < 10; i++) {
      far.refuseNext(NOBODY);
    }
    far.taken().getFirst().end(LEASE);
  }

  private static JsonNode untilAnsweredBy(String backend, Tap tap) throws InterruptedException {
    JsonNode result = next(tap, "result");
    while (!result.get("backend").asText().equals(backend)) {
      result = next(tap, "result");
    }
    return result;
  }

  /** Sends pictures, each as soon as the last one was taken, until this back end has answered. */
  private static JsonNode sendingUntilAnsweredBy(String backend, Tap tap, HandFedSource source)
      throws Exception {
    var found = new FutureTask<>(() -> untilAnsweredBy(backend, tap));
    Thread.ofVirtual().start(found);
    int luma = 16;
    while (!found.isDone()) {
      source.send(luma);
      luma = luma == 235 ? 16 : luma + 1;
      await().until(() -> source.isTaken() || found.isDone());
    }
    return found.get();
  }

  private static List<String> details(List<JsonNode> events) {
    return events.stream().filter(e -> e.has("detail")).map(e -> e.get("detail").asText()).toList();
  }

  private static StreamSettings settings(String prompt) {
    return StreamSettings.of(
            PromptSettings.of(new Prompt(prompt))
                .withBackend(Optional.of("far"))
                .withModel(Optional.of("far-1")))
        .withSampling(new Sampling(5, 1, 0.2, 0.2))
        .withFallback(List.of("builtin"));
  }
}
