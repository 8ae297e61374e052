package framewise.engine.lookback;

import framewise.engine.files.StoredFile;
import framewise.engine.keep.Footage;
import framewise.engine.money.Attempt;
import framewise.engine.money.BudgetAccount;
import framewise.engine.pipeline.Plan;
import framewise.engine.pipeline.ResumePosition;
import framewise.engine.pipeline.Run;
import framewise.engine.pipeline.RunListener;
import framewise.engine.result.Event;
import framewise.engine.session.plan.Plans;
import framewise.engine.settings.Pace;
import framewise.engine.settings.StreamSettings;
import framewise.engine.source.Ending;
import framewise.engine.source.Schedule;
import framewise.media.MediaTime;
import framewise.media.VideoInfo;
import framewise.time.WallClock;
import framewise.vision.SentRequest;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntConsumer;

/** Asks a question about chosen clips again, and stores nothing. Used by one thread. */
public final class Replay {
  private final Plans plans;
  private final WallClock clock;

  /**
   * A clip to ask about.
   *
   * @param start on the video's clock
   * @param length above 0
   * @param pictures number of pictures in the clip, at least 1
   */
  public record ReplayClip(MediaTime start, MediaTime length, int pictures) {
    private Schedule schedule(long index) {
      return new Schedule(1, length.seconds(), pictures, start.seconds() - index);
    }
  }

  public Replay(Plans plans, WallClock clock) {
    this.plans = plans;
    this.clock = clock;
  }

  /**
   * Asks about each clip and waits for the answers.
   *
   * @param settings with one prompt
   * @param file the video; empty for kept pictures
   * @param clips in the order of their starts
   * @param progress receives the number of answers so far
   * @return results by the clip's place in the list; none where it has no pictures
   * @throws framewise.engine.RefusedException when the video cannot be opened, or no back end can
   *     answer
   */
  public Map<Integer, Event.Result> ask(
      StreamSettings settings,
      Optional<StoredFile> file,
      Footage footage,
      List<ReplayClip> clips,
      IntConsumer progress)
      throws InterruptedException {
    Plan plan =
        plans.of(
            settings.withPace(Pace.FAST).withLoop(false).withSkipUnchanged(Optional.empty()),
            new BudgetAccount(() -> BigDecimal.ZERO));
    ClipTimes times =
        (usual, index) ->
            index < clips.size()
                ? Optional.of(clips.get((int) index).schedule(index))
                : Optional.empty();
    var results = new Results(progress);
    var run =
        new Run(
            "replay",
            new PastPictures(file, footage, times, true, clock),
            plan,
            ResumePosition.START,
            clock,
            results);
    run.start();
    try {
      results.over.await();
    } finally {
      run.stop();
    }
    return Map.copyOf(results.byClip);
  }

  private static final class Results implements RunListener {
    private final Map<Integer, Event.Result> byClip = new ConcurrentHashMap<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final IntConsumer progress;

    Results(IntConsumer progress) {
      this.progress = progress;
    }

    @Override
    public void began(VideoInfo video) {}

    @Override
    public long result(Event.Result result, Optional<SentRequest> sent, List<Attempt> attempts) {
      byClip.put((int) result.clip().index(), result);
      progress.accept(byClip.size());
      return byClip.size();
    }

    @Override
    public void dropped(long clips, Optional<Event.StatusChanged> report) {}

    @Override
    public void unchanged(long clips, Event.Unchanged report) {}

    @Override
    public void noticed(String sentence) {}

    @Override
    public void ended(Ending ending) {
      over.countDown();
    }
  }
}
