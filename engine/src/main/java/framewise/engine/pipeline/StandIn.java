package framewise.engine.pipeline;

import framewise.engine.Status;
import framewise.engine.WallClock;
import framewise.engine.money.Attempt;
import framewise.engine.result.Event;
import framewise.engine.result.Partial;
import framewise.engine.source.Ending;
import framewise.media.Frame;
import framewise.media.MediaTime;
import framewise.media.VideoInfo;
import framewise.vision.OpenStream;
import framewise.vision.SentRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Back ends that are asked clip by clip, in the place of one that takes the stream: they look at
 * the very pictures that would be sent to that. Any thread may call.
 */
final class StandIn implements OpenStream {
  /** How long the last of the pictures may take to be answered. */
  private static final Duration LAST_ANSWER = Duration.ofSeconds(60);

  private final SentPictures pictures;
  private final PictureFeed feed;
  private final RunListener listener;
  private final ClipRun run;
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile Consumer<Ending> broken = why -> {};

  /**
   * @param name of the session, for logs and thread names
   * @param plan with one prompt
   * @param feed where the pictures come from; knows where in the video they belong
   * @param listener told of everything but the beginning and the end
   */
  StandIn(String name, ClipPlan plan, PictureFeed feed, WallClock clock, RunListener listener) {
    this.pictures = new SentPictures(clock);
    this.feed = feed;
    this.listener = listener;
    this.run = ClipRun.ofLive(name + "-meanwhile", pictures, plan, clock, new Placed());
  }

  /**
   * Begins.
   *
   * @param whenBroken told when it cannot go on
   */
  void start(Consumer<Ending> whenBroken) {
    broken = whenBroken;
    run.start();
  }

  /** From the next clip on, these are asked. */
  void change(ClipPlan plan) {
    run.change(plan);
  }

  @Override
  public void send(Frame frame) {
    pictures.send(frame);
  }

  @Override
  public void updatePrompt(String prompt) {
    run.updatePrompt(run.settings().withPrompt(new Prompt(prompt)));
  }

  /** No picture follows: waits until those that did come are answered, within reason. */
  void finish() throws InterruptedException {
    pictures.end(Ending.OF_FILE);
    boolean _ = over.await(LAST_ANSWER.toSeconds(), TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    run.stop();
    over.countDown();
  }

  /** Tells what the run tells, with the places of its clips in the video. */
  private final class Placed implements RunListener {
    @Override
    public void began(VideoInfo video) {
      // The feed has told: these are its pictures.
    }

    @Override
    public long result(Event.Result result, Optional<SentRequest> sent, List<Attempt> attempts) {
      return listener.result(result.about(placed(result.clip())), sent, attempts);
    }

    @Override
    public boolean wantsPartial() {
      return listener.wantsPartial();
    }

    @Override
    public void partial(Partial partial) {
      listener.partial(
          new Partial(partial.id(), partial.name(), placed(partial.clip()), partial.text()));
    }

    @Override
    public void dropped(long clips, Optional<Event.StatusChanged> report) {
      listener.dropped(clips, report);
    }

    @Override
    public void unchanged(long clips, Event.Unchanged report) {
      listener.unchanged(clips, report);
    }

    @Override
    public void noticed(String sentence) {
      listener.noticed(sentence);
    }

    @Override
    public void ended(Ending ending) {
      over.countDown();
      if (ending.status() == Status.FAILED) {
        broken.accept(ending);
      }
    }

    private Event.ClipInfo placed(Event.ClipInfo clip) {
      MediaTime start =
          feed.shownAt(pictures.beganNanos().orElseThrow() + clip.start().toDuration().toNanos());
      MediaTime end = start.plus(clip.end().minus(clip.start()));
      long index = Math.round(start.seconds() / run.settings().sampling().delaySeconds());
      return new Event.ClipInfo(index, start, end, clip.frames());
    }
  }
}
