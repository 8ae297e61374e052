package framewise.engine.session;

import framewise.engine.RefusedException;
import framewise.engine.SessionId;
import framewise.engine.Status;
import framewise.engine.pipeline.Plan;
import framewise.engine.pipeline.ResumePosition;
import framewise.engine.pipeline.Run;
import framewise.engine.preview.Preview;
import framewise.engine.result.Partials;
import framewise.engine.result.ResultLog;
import framewise.engine.session.store.SessionRow;
import framewise.engine.session.video.Lifecycle;
import framewise.engine.session.video.Video;
import framewise.engine.session.video.VideoOpener;
import framewise.engine.settings.StreamSettings;
import framewise.engine.source.Ending;
import framewise.engine.source.LiveSource;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Creates and starts the runs of one session. Callers hold the session's lock while starting one;
 * otherwise safe for any number of threads.
 */
final class SessionRuns {
  private final SessionId id;
  private final Video video;
  private final SessionContext context;
  private final ResultLog log;
  private final SessionState state;
  private final RunSlot running;
  private final VideoOpener opener;
  private final SessionListener listener;

  /**
   * @param whenNotStored called each time one of a run's events can't be stored
   */
  SessionRuns(
      SessionRow row,
      Video video,
      SessionContext context,
      Preview preview,
      ResultLog log,
      SessionState state,
      Partials partials,
      RunSlot running,
      Consumer<RefusedException> whenNotStored) {
    this.id = row.id();
    this.video = video;
    this.context = context;
    this.log = log;
    this.state = state;
    this.running = running;
    this.listener = new SessionListener(context, state, partials, this::ended, whenNotStored);
    this.opener =
        new VideoOpener(
            id,
            context.streams(),
            context.clock(),
            preview,
            context.frames(),
            row.keep(),
            listener::noticed);
  }

  /** The settings as they would be applied, with the chosen back ends. */
  Plan plan(StreamSettings asked) {
    return context.plans().of(asked, state.purse()).by("session:" + id);
  }

  /** A first run of the session's own video, from its beginning. */
  Run ofVideo(Plan plan) throws InterruptedException {
    return running.make(() -> open(plan, ResumePosition.START), Optional.of(plan));
  }

  /** A run that continues one of the session's own video. */
  Run ofVideoAgain(Plan plan, ResumePosition place) throws InterruptedException {
    return running.make(() -> open(plan, place), Optional.empty());
  }

  /** A first run of video that a sender publishes. */
  Run ofSender(LiveSource source, Plan plan) throws InterruptedException {
    return running.make(
        () -> run(opener.live(source), plan, ResumePosition.START), Optional.of(plan));
  }

  /** A run that continues one of video that a sender published. */
  Run ofSenderAgain(LiveSource source, Plan plan) throws InterruptedException {
    return running.make(
        () -> run(opener.live(source), plan, ResumePosition.START), Optional.empty());
  }

  /**
   * Starts a run that was created here, and stores its start.
   *
   * @param detail of the status, for people
   */
  void begin(
      Run made, StreamSettings with, Lifecycle.LifecycleEvent start, Optional<String> detail) {
    boolean begun = false;
    try {
      running.begin(made, () -> state.started(with, start, detail));
      begun = true;
    } finally {
      if (!begun) {
        log.abandonRun();
      }
    }
  }

  /** Refuses to start a run while results can't be stored. */
  void requireStorage() {
    state.storePendingEnd();
    context.database().space().requireRoom();
  }

  private Run open(Plan plan, ResumePosition place) {
    return run(video.open(opener, plan.settings()), plan, place);
  }

  private Run run(Run.OpenedVideo pictures, Plan plan, ResumePosition place) {
    return new Run(id.toString(), pictures, plan, place, context.clock(), listener);
  }

  private void ended(Ending ending) {
    Lifecycle.LifecycleEvent how =
        ending.status() == Status.FAILED
            ? Lifecycle.LifecycleEvent.FAIL
            : Lifecycle.LifecycleEvent.FINISH;
    running.ended(() -> state.end(how, ending.reason()));
  }
}
