package framewise.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.engine.backend.BackendGate;
import framewise.engine.backend.Candidates;
import framewise.engine.money.Attempt;
import framewise.engine.result.Event;
import framewise.engine.session.TestBackend;
import framewise.engine.settings.Prompt;
import framewise.engine.settings.PromptSettings;
import framewise.engine.settings.SkipUnchanged;
import framewise.engine.source.Ending;
import framewise.engine.source.TimedClip;
import framewise.media.MediaTime;
import framewise.media.VideoInfo;
import framewise.media.picture.Clip;
import framewise.media.picture.Frame;
import framewise.media.picture.FramePool;
import framewise.time.WallClock;
import framewise.vision.AnswerException;
import framewise.vision.FailureKind;
import framewise.vision.Question;
import framewise.vision.SentRequest;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Results, dropped and unchanged clips add up to the due clips, even if a clip looks like one whose
 * answer is still in flight. Regression: such clips were not counted at all if that answer then
 * failed.
 */
@Timeout(30)
class EveryClipIsCountedTest {
  private final CountDownLatch go = new CountDownLatch(1);
  private final CountDownLatch over = new CountDownLatch(1);
  private final RecordedEvents recorded = new RecordedEvents();
  private final BackendGate gate =
      new BackendGate(new TestBackend("scripted", 4, this::answer), WallClock.system());

  @AfterEach
  void nothingIsLeft() {
    gate.close();
    assertThat(FramePool.inUse()).isZero();
  }

  @Test
  void failedAnswersCountAsDropped() throws Exception {
    AskLane lane = lane(gate);
    put(lane, 0, Color.RED);
    put(lane, 1, Color.RED);
    put(lane, 2, Color.RED);
    put(lane, 3, Color.RED); // by now, the previous clip has been compared
    go.countDown();
    finish(lane);
    assertThat(recorded.results).isNotEmpty();
    assertThat(recorded.dropped).isGreaterThanOrEqualTo(2);
    assertThat(recorded.results.size() + recorded.dropped + recorded.unchanged).isEqualTo(4);
    assertThat(recorded.details).anyMatch(text -> text.endsWith("to keep up"));
  }

  @Test
  void clipsOfTheFallbackCountToo() throws Exception {
    AskLane lane = lane(gate);
    put(lane, 0, Color.RED);
    put(lane, 1, Color.RED);
    put(lane, 2, Color.BLUE);
    put(lane, 3, Color.BLUE);
    put(lane, 4, Color.GREEN);
    put(lane, 5, Color.YELLOW);
    go.countDown();
    finish(lane);
    assertThat(recorded.results).hasSize(4);
    assertThat(recorded.dropped).as("looks like the one that failed").isEqualTo(1);
    assertThat(recorded.unchanged).as("looks like one that was answered").isEqualTo(1);
    Event.Unchanged unchanged = recorded.reports.getFirst();
    assertThat(unchanged.sinceSeq()).as("the answer about clip 2").isEqualTo(2);
    assertThat(unchanged.skipped()).isEqualTo(1);
  }

  private AskLane lane(BackendGate asked) {
    var prompt = PromptSettings.of(new Prompt("?")).withBackend(Optional.of("scripted"));
    var candidates =
        new Candidates(List.of(asked), backend -> Optional.empty(), WallClock.system());
    var orders =
        new AskLane.LaneSettings(
            prompt, candidates, Optional.of(new SkipUnchanged(0.005, 60)), true);
    AskLane lane =
        new AskLane(
            "test",
            Lane.Kind.ASK,
            orders,
            () -> true,
            Optional.empty(),
            WallClock.system(),
            recorded,
            new Lane.LaneListener() {
              @Override
              public void done(Lane lane) {
                over.countDown();
              }

              @Override
              public void failed(Ending how) {
                throw new AssertionError(how);
              }

              @Override
              public void wantsChanged() {}
            });
    lane.start();
    return lane;
  }

  private void finish(Lane lane) throws InterruptedException {
    lane.end();
    over.await();
  }

  private static void put(Lane lane, int second, Color color) throws InterruptedException {
    var image = new BufferedImage(160, 120, BufferedImage.TYPE_3BYTE_BGR);
    var graphics = image.createGraphics();
    graphics.setColor(color);
    // Fingerprints are compared after equalizing brightness, so the clips differ in the position of
    // the rectangle.
    graphics.fillRect(color.getRed() / 4, color.getGreen() / 4, 80, 60);
    graphics.dispose();
    MediaTime start = MediaTime.ofSeconds(second);
    var clip =
        new Clip(second, start, MediaTime.ofSeconds(second + 0.1), List.of(Frame.of(image, start)));
    try (var timed = new TimedClip(clip, System.nanoTime(), Duration.ZERO)) {
      lane.put(timed);
    }
  }

  /** Fails for the first clip; waits for permission to answer the others. */
  private String answer(Clip clip, Question question) throws AnswerException, InterruptedException {
    go.await();
    if (clip.index() == 0) {
      throw new AnswerException(FailureKind.MODEL_FAILED, "no");
    }
    return "seen";
  }

  /**
   * The lane's threads record every event; the test reads the events once these threads have
   * finished.
   */
  private static final class RecordedEvents implements RunListener {
    final List<Event.Result> results = new ArrayList<>();
    final List<Event.Unchanged> reports = new ArrayList<>();
    final List<String> details = new ArrayList<>();
    long dropped;
    long unchanged;

    @Override
    public void began(VideoInfo video) {}

    @Override
    public synchronized long result(
        Event.Result result, Optional<SentRequest> sent, List<Attempt> attempts) {
      results.add(result);
      return results.size();
    }

    @Override
    public synchronized void dropped(long clips, Optional<Event.StatusChanged> report) {
      dropped += clips;
      report.flatMap(Event.StatusChanged::detail).ifPresent(details::add);
    }

    @Override
    public synchronized void unchanged(long clips, Event.Unchanged report) {
      unchanged += clips;
      reports.add(report);
    }

    @Override
    public void noticed(String sentence) {}

    @Override
    public void ended(Ending ending) {}
  }
}
