package framewise.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.engine.Refusal.Code;
import framewise.engine.RefusedException;
import framewise.engine.Status;
import framewise.engine.keep.KeepSettings;
import framewise.engine.lookback.Lookback;
import framewise.engine.lookback.SpanRequest;
import framewise.engine.result.LoggedEvent;
import framewise.engine.settings.Pace;
import framewise.engine.settings.StreamSettings;
import framewise.engine.source.Ending;
import framewise.engine.source.HandFedSource;
import framewise.engine.source.SourceKind;
import framewise.media.Sampling;
import framewise.media.picture.FramePool;
import framewise.time.WallClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LookbacksAskThePastTest {
  private static final Optional<KeepSettings> OFTEN = Optional.of(new KeepSettings(60, 15, 160));

  @TempDir Path folder;

  /**
   * Each answer of a look-back takes a permit; a test that takes all permits holds the answers
   * back.
   */
  private final Semaphore gate = new Semaphore(1_000);

  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger mostInFlight = new AtomicInteger();
  private final TestBackend backend =
      new TestBackend(
          "scripted",
          2,
          (clip, question) -> {
            if (question.prompt().startsWith("past")) {
              mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
              gate.acquireUninterruptibly();
              inFlight.decrementAndGet();
            }
            return question.prompt() + " " + clip.frames().size();
          });
  private SessionFixture fixture;

  @BeforeEach
  void open() {
    fixture = new SessionFixture(folder, WallClock.system(), backend);
  }

  @AfterEach
  void close() {
    gate.release(1_000);
    fixture.close();
    await().until(() -> FramePool.inUse() == 0);
  }

  private Lookbacks lookbacks() {
    return fixture.sessions().lookbacks();
  }

  private Lookback over(Session session, Lookback lookback) {
    await().until(() -> !lookbacks().get(session, lookback.run()).isRunning());
    return lookbacks().get(session, lookback.run());
  }

  private static SpanRequest seconds(double start, double end) {
    return new SpanRequest.Seconds(start, end);
  }

  private static List<JsonNode> results(Session session, int run) {
    return session.log().resultsAfter(0, 1_000).stream()
        .filter(event -> event.run() == run)
        .map(SessionFixture::json)
        .toList();
  }

  @Test
  void aSpanOfAFileIsAskedAndSurvivesARestart() throws Exception {
    Session session = fixture.upload(6);
    session.start(SessionFixture.fast("now"));
    SessionFixture.untilOver(session);
    Lookback lookback = lookbacks().start(session, StreamSettings.of("past"), seconds(2.5, 5));
    assertThat(lookback.run()).isEqualTo(2);
    assertThat(lookback.clips()).isEqualTo(3);
    Lookback done = over(session, lookback);
    assertThat(done.status()).isEqualTo(Lookback.LookbackStatus.FINISHED);
    assertThat(done.answered()).isEqualTo(3);
    List<JsonNode> answers = results(session, 2);
    assertThat(answers)
        .extracting(answer -> answer.at("/clip/start_seconds").asDouble())
        .containsExactly(2.5, 3.5, 4.5);
    assertThat(answers).allMatch(answer -> answer.get("lookback").asBoolean());
    assertThat(answers).allMatch(answer -> !answer.get("clip").has("start_at"));
    assertThat(results(session, 1)).hasSize(6).noneMatch(answer -> answer.has("lookback"));
    assertThat(session.view().status()).isEqualTo(Status.FINISHED);
    assertThat(session.view().newest().orElseThrow().text()).startsWith("now");
    assertThat(session.view().counters().results()).isEqualTo(9);
    List<LoggedEvent> events = session.log().after(0, 1_000);
    assertThat(events).extracting(LoggedEvent::seq).isSorted().doesNotHaveDuplicates();

    fixture.reopen(true);
    Session again = fixture.sessions().get(session.id());
    assertThat(results(again, 2)).isEqualTo(answers);
    assertThat(lookbacks().of(again)).containsExactly(done);
    again.start(SessionFixture.fast("now"));
    SessionFixture.untilOver(again);
    assertThat(results(again, 3)).hasSize(6);
  }

  @Test
  void keptPicturesAreAskedDuringTheRun() throws Exception {
    var source = new HandFedSource();
    var live = StreamSettings.of("now").withSampling(new Sampling(10, 1, 0.1, 0.1));
    Session session = fixture.sessions().stream(SourceKind.WHIP, "sender", source, live, OFTEN);
    for (int luma = 40; luma < 200; luma += 20) {
      long before = session.footage().extent().frames();
      source.send(luma);
      await().until(() -> session.footage().extent().frames() > before);
    }
    Instant began = session.footage().extent().begin().orElseThrow();
    gate.drainPermits();
    var asked = StreamSettings.of("past").withSampling(new Sampling(10, 1, 0.1, 0.1));
    Lookback lookback =
        lookbacks().start(session, asked, new SpanRequest.Times(began, began.plusSeconds(20)));
    await().until(() -> inFlight.get() == 1);
    int before = results(session, 1).size();
    source.send(210);
    await().until(() -> results(session, 1).size() > before); // the live run goes on
    assertThat(session.isRunning()).isTrue();
    gate.release(1_000);
    Lookback done = over(session, lookback);
    assertThat(done.status()).isEqualTo(Lookback.LookbackStatus.FINISHED);
    assertThat(mostInFlight).hasValue(1);
    List<JsonNode> answers = results(session, lookback.run());
    assertThat(answers).hasSizeBetween(2, 9);
    for (JsonNode answer : answers) {
      Duration since = Duration.between(began, Instant.parse(answer.at("/clip/start_at").asText()));
      assertThat(since.toMillis() / 1e3)
          .isEqualTo(
              answer.at("/clip/start_seconds").asDouble(),
              org.assertj.core.data.Offset.offset(0.002));
    }
    source.end(Ending.OF_FILE);
    await().until(() -> session.view().status() == Status.FINISHED);
    Lookback after = lookbacks().start(session, asked, seconds(0, 60));
    assertThat(over(session, after).status()).isEqualTo(Lookback.LookbackStatus.FINISHED);
  }

  @Test
  void oneRunsAtATimeAndCanBeCancelled() throws Exception {
    Session session = fixture.upload(6);
    gate.drainPermits();
    Lookback lookback = lookbacks().start(session, StreamSettings.of("past"), seconds(0, 6));
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> lookbacks().start(session, StreamSettings.of("past"), seconds(0, 6)))
        .satisfies(e -> assertThat(e.refusal().code()).isEqualTo(Code.LOOKBACK_RUNNING));
    gate.release(2);
    await().until(() -> lookbacks().get(session, lookback.run()).answered() == 2);
    var cancelling = new CountDownLatch(1);
    Thread.ofVirtual()
        .start(
            () -> {
              Lookback _ = lookbacks().cancel(session, lookback.run());
              cancelling.countDown();
            });
    cancelling.await();
    Lookback cancelled = lookbacks().get(session, lookback.run());
    assertThat(cancelled.status()).isEqualTo(Lookback.LookbackStatus.CANCELLED);
    assertThat(results(session, lookback.run())).hasSize(2);
    gate.release(1_000);
    assertThat(over(session, lookbacks().start(session, StreamSettings.of("past"), seconds(0, 2))))
        .extracting(Lookback::answered)
        .isEqualTo(2L);
  }

  @Test
  void refusalsNameTheReason() throws Exception {
    Session session = fixture.upload(4);
    refused(session, seconds(10, 12), Code.NO_PICTURE, "There are pictures from 0.0");
    refused(session, seconds(3, 2), Code.INVALID_FIELD, "end_seconds must be after");
    Session film = fixture.upload(400);
    var often = StreamSettings.of("past").withSampling(new Sampling(10, 1, 0.1, 0.1));
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> lookbacks().start(film, often, seconds(0, 500)))
        .withMessageContaining("400 s with 4000 clips, but at most 3600 are allowed");
    Session camera = fixture.sessions().addPublished(SourceKind.WHIP, "camera", Optional.empty());
    refused(camera, seconds(0, 2), Code.NO_PICTURE, "There are no stored pictures of this session");
    assertThat(session.log().run()).isZero();
    assertThat(lookbacks().of(session)).isEmpty();
  }

  private void refused(Session session, SpanRequest span, Code code, String sentence) {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> lookbacks().start(session, StreamSettings.of("past"), span))
        .withMessageContaining(sentence)
        .satisfies(e -> assertThat(e.refusal().code()).isEqualTo(code));
  }

  @Test
  void aDeletedSessionEndsItsLookback() throws Exception {
    Session session = fixture.upload(6);
    gate.drainPermits();
    Lookback _ = lookbacks().start(session, StreamSettings.of("past"), seconds(0, 6));
    await().until(() -> inFlight.get() == 1);
    fixture.sessions().delete(session.id());
    gate.release(1_000);
    await().until(() -> inFlight.get() == 0);
    Session other = fixture.upload(2);
    assertThat(over(other, lookbacks().start(other, StreamSettings.of("past"), seconds(0, 2))))
        .extracting(Lookback::status)
        .isEqualTo(Lookback.LookbackStatus.FINISHED);
  }

  @Test
  void stoppingTheServiceKeepsItsAnswers() throws Exception {
    Session session = fixture.upload(6);
    session.start(StreamSettings.of("now").withPace(Pace.REALTIME));
    gate.drainPermits();
    gate.release(1);
    Lookback lookback = lookbacks().start(session, StreamSettings.of("past"), seconds(0, 6));
    await().until(() -> lookbacks().get(session, lookback.run()).answered() == 1);
    fixture.reopen(true);
    gate.release(1_000);
    Session again = fixture.sessions().get(session.id());
    assertThat(lookbacks().get(again, lookback.run()).status())
        .isEqualTo(Lookback.LookbackStatus.INTERRUPTED);
    assertThat(results(again, lookback.run())).hasSize(1);
    await().until(() -> again.view().status() == Status.FINISHED); // the run itself resumed
    assertThat(results(again, 1)).isNotEmpty();
  }
}
