package framewise.engine.session.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.engine.Refusal.Code;
import framewise.engine.RefusedException;
import framewise.engine.Status;
import framewise.engine.session.Session;
import framewise.engine.session.SessionFixture;
import framewise.engine.settings.Pace;
import framewise.engine.settings.Prompt;
import framewise.engine.settings.PromptSettings;
import framewise.engine.settings.SkipUnchanged;
import framewise.engine.settings.StreamSettings;
import framewise.media.MediaTime;
import framewise.media.Sampling;
import framewise.media.picture.FramePool;
import framewise.time.WallClock;
import framewise.vision.StreamEnd;
import framewise.vision.StreamEnd.Cure;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LostStreamsContinueAtTheSamePlaceTest {
  private static final StreamEnd LEASE =
      new StreamEnd("lease_expired", "the lease expired", Cure.NEW_STREAM);
  private static final StreamEnd NO_CREDIT =
      new StreamEnd("insufficient_credits", "no credit is left", Cure.NONE);
  private static final Sampling FIVE_A_SECOND = new Sampling(5, 1, 0.2, 0.2);

  @TempDir Path folder;

  private final ScriptedStreamBackend backend = new ScriptedStreamBackend();
  private SessionFixture fixture;

  @BeforeEach
  void open() {
    fixture = new SessionFixture(folder, WallClock.system(), backend);
  }

  @AfterEach
  void nothingIsLeft() {
    fixture.close();
    assertThat(FramePool.inUse()).isZero();
    assertThat(backend.taken()).allMatch(ScriptedStreamBackend.Taken::closed);
  }

  @Test
  void aFileIsSentOnceFromItsStartToItsEnd() throws Exception {
    Session session = fixture.upload(2);
    session.start(settings("what?"));
    List<JsonNode> events = SessionFixture.untilOver(session);
    assertThat(seconds(0)).hasSize(10).isSorted().startsWith(0.0);
    for (int i = 0; i < 10; i++) {
      // Pictures may be up to half an interval early, which saves decoding.
      assertThat(seconds(0).get(i)).isBetween(0.2 * i - 0.1 - 1e-6, 0.2 * i + 1e-6);
    }
    assertThat(backend.sizes()).allMatch(size -> size.endsWith("I420"));
    List<JsonNode> results = SessionFixture.results(events);
    assertThat(results).hasSize(10);
    assertThat(results.getLast().get("model").asText()).isEqualTo("far-1");
    assertThat(results.getLast().get("backend").asText()).isEqualTo("far");
    assertThat(session.view().status()).isEqualTo(Status.FINISHED);
    assertThat(session.view().reason()).contains("The video ended.");
  }

  @Test
  void neverSendsMorePicturesThanTheVideoHas() throws Exception {
    Session session = fixture.upload(1);
    session.start(settings("what?", new Sampling(120, 1, 0.1, 0.1)));
    SessionFixture.untilOver(session);
    double fps = session.view().video().orElseThrow().fps();
    assertThat(backend.taken().getFirst().times()).hasSizeLessThanOrEqualTo((int) Math.round(fps));
  }

  @Test
  void aNewStreamContinuesWhereTheLastEnded() throws Exception {
    Session session = fixture.upload(3);
    session.start(settings("what?"));
    await().until(() -> backend.taken().getFirst().times().size() >= 4);
    backend.refuseNext(new StreamEnd("unreachable", "nobody is there", Cure.NEW_STREAM));
    session.updatePrompt(new Prompt("and now?"));
    backend.taken().getFirst().end(LEASE);
    List<JsonNode> events = SessionFixture.untilOver(session);
    assertThat(backend.taken()).hasSize(2);
    List<Double> all = new ArrayList<>(seconds(0));
    all.addAll(seconds(1));
    assertThat(all).isSorted().doesNotHaveDuplicates().startsWith(0.0);
    assertThat(all.getLast()).isBetween(2.7, 2.8);
    assertThat(all.size())
        .isBetween(14, 15); // without or with the picture that was due as the stream ended
    assertThat(details(events))
        .anyMatch(text -> text.matches("lost the stream at 00:00:0\\S+: the lease expired"))
        .contains("no stream so far: nobody is there", "opened a new stream at the same position");
    assertThat(SessionFixture.results(events).getLast().get("prompt").asText())
        .isEqualTo("and now?");
  }

  @Test
  void permanentErrorsEndTheSession() throws Exception {
    Session session = fixture.upload(3);
    session.start(settings("what?"));
    await().until(() -> !backend.taken().getFirst().times().isEmpty());
    backend.taken().getFirst().end(NO_CREDIT);
    SessionFixture.untilOver(session);
    assertThat(session.view().status()).isEqualTo(Status.FAILED);
    assertThat(session.view().reason()).contains("no credit is left");
  }

  @Test
  void aRefusedStreamFailsTheStart() throws Exception {
    Session session = fixture.upload(1);
    backend.refuseNext(NO_CREDIT);
    refused(session, settings("what?"), Code.BACKEND_FAILED, "no credit is left");
    backend.refuseNext(new StreamEnd("timed_out", "too slow", Cure.NEW_STREAM));
    refused(session, settings("what?"), Code.BACKEND_TIMED_OUT, "too slow");
    refused(
        session,
        settings("what?").withPace(Pace.FAST),
        Code.INVALID_FIELD,
        "pace is \"fast\" but must be realtime");
    assertThat(session.view().status()).isEqualTo(Status.UPLOADED);
    assertThat(fixture.sessions().active()).isZero();
  }

  @Test
  void unsupportedSettingsAreRefusedWithTheReason() throws Exception {
    Session session = fixture.upload(1);
    StreamSettings plain = settings("what?");
    PromptSettings first = plain.first();
    var withSystem = first.withSystem(Optional.of("Be brief."));
    refused(
        session,
        plain.withBudget(Optional.of(BigDecimal.ONE)),
        Code.INVALID_FIELD,
        "budget needs the price of far-1 of far, which is unknown");
    refused(
        session,
        plain.withPrompts(List.of(first.withLanguage(Optional.of("German")))),
        Code.INVALID_FIELD,
        "language cannot be sent to \"far\", whose API accepts only a prompt: put it into"
            + " the prompt");
    refused(
        session,
        plain.withFallback(List.of("far")),
        Code.INVALID_FIELD,
        "must be a back end that answers about clips");
    refused(
        session,
        plain.withSkipUnchanged(Optional.of(new SkipUnchanged(0, 60))),
        Code.INVALID_FIELD,
        "which gets the whole stream and chooses what to answer");
    refused(
        session,
        plain.withPrompts(List.of(withSystem)),
        Code.INVALID_FIELD,
        "whose API accepts only a prompt: put it into the prompt");
    assertThat(backend.taken()).isEmpty();
  }

  @Test
  void stoppingEndsTheStream() throws Exception {
    Session session = fixture.upload(3);
    session.start(settings("what?"));
    await().until(() -> !backend.taken().getFirst().times().isEmpty());
    session.stop();
    assertThat(backend.taken().getFirst().closed()).isTrue();
    assertThat(session.view().status()).isEqualTo(Status.STOPPED);
    int sent = backend.taken().getFirst().times().size();
    session.start(settings("again?"));
    await().until(() -> backend.taken().size() == 2 && !backend.taken().get(1).times().isEmpty());
    assertThat(backend.taken().getFirst().times()).hasSize(sent);
    session.stop();
  }

  @Test
  void aRestartResumesTheStream() throws Exception {
    Session session = fixture.upload(4);
    session.start(settings("what?"));
    await().until(() -> session.view().counters().results() >= 5);
    fixture.reopen(true);
    await().until(() -> backend.taken().size() == 2 && !backend.taken().get(1).times().isEmpty());
    assertThat(backend.taken().get(1).times().getFirst().seconds()).isBetween(0.6, 1.8);
    fixture.sessions().get(session.id()).stop();
  }

  private List<Double> seconds(int stream) {
    return backend.taken().get(stream).times().stream().map(MediaTime::seconds).toList();
  }

  private static List<String> details(List<JsonNode> events) {
    return events.stream()
        .filter(event -> event.get("type").asText().equals("status"))
        .map(event -> event.path("detail").asText())
        .toList();
  }

  private static void refused(Session session, StreamSettings asked, Code code, String words) {
    assertThatThrownBy(() -> session.start(asked))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.refusal().code()).isEqualTo(code))
        .hasMessageContaining(words);
  }

  private static StreamSettings settings(String prompt) {
    return settings(prompt, FIVE_A_SECOND);
  }

  private static StreamSettings settings(String prompt, Sampling sampling) {
    return StreamSettings.of(prompt).withBackend("far").withSampling(sampling);
  }
}
