package framewise.engine.session;

import framewise.engine.Refusal.Code;
import framewise.engine.RefusedException;
import framewise.engine.SessionId;
import framewise.engine.Status;
import framewise.engine.pipeline.Plan;
import framewise.engine.pipeline.ResumePosition;
import framewise.engine.pipeline.Run;
import framewise.engine.result.ResultLog;
import framewise.engine.session.video.Lifecycle;
import framewise.engine.session.video.Video;
import framewise.engine.settings.StreamSettings;
import framewise.engine.source.Ending;
import framewise.engine.source.ReturningSource;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An interrupted run of a session, and how it resumes. The end of the process, a full disk or a
 * move to another node interrupts runs. Callers hold the session's lock while changing it;
 * otherwise safe for any number of threads.
 */
final class CutOffRun {
  private final SessionId id;
  private final Video video;
  private final SessionContext context;
  private final ResultLog log;
  private final SessionState state;
  private final SessionRuns runs;
  private final AtomicBoolean ending = new AtomicBoolean();

  /** Whether there is an interrupted run that will resume. */
  private volatile boolean present;

  /** Video of a run that resumed before its sender reconnected; empty for others. */
  private volatile Optional<ReturningSource> awaited = Optional.empty();

  CutOffRun(
      SessionId id,
      Video video,
      SessionContext context,
      ResultLog log,
      SessionState state,
      SessionRuns runs) {
    this.id = id;
    this.video = video;
    this.context = context;
    this.log = log;
    this.state = state;
    this.runs = runs;
  }

  /** Whether there is an interrupted run that will resume. */
  boolean isPresent() {
    return present;
  }

  /** Announces that a run will resume, so that clients wait for it. */
  void expect() {
    present = true;
    log.resumeRun();
  }

  /** Schedules the run to resume once results can be stored again. */
  void expectStorage() {
    present = true;
    context.cutOff().add(id);
  }

  /** Records that it has resumed, or won't. */
  void clear() {
    present = false;
  }

  /** Whether the session's video is available after a restart of the process. */
  boolean canResume() {
    return resumption().isPresent();
  }

  /**
   * Video of a run that resumed before its sender reconnected, whether or not the sender is back;
   * empty for others.
   */
  Optional<ReturningSource> awaited() {
    return awaited;
  }

  /**
   * Resumes the run after its last result.
   *
   * @param after the reason, phrased to follow "after"
   * @param node name of this node for people; empty if the run was on this node before
   */
  void resume(String after, Optional<String> node) throws InterruptedException {
    runs.requireStorage();
    Plan plan = runs.plan(state.settings().orElseThrow());
    if (video.publishable()) {
      resumeWithoutSender(plan, after, node);
    } else {
      resumeVideo(plan, after, node);
    }
    present = false;
  }

  /**
   * Ends a run whose results can't be stored; further calls have no effect while that is in
   * progress. Uses a thread of its own, because stopping the run waits for the caller's thread.
   *
   * @param lose action that stops working on the session, if another node has taken over
   * @param end action that ends the run otherwise
   */
  void cutOff(RefusedException why, Runnable lose, Runnable end) {
    boolean taken =
        why.refusal().code() == Code.TAKEN_OVER && context.database().cluster().isPresent();
    if (ending.compareAndSet(false, true)) {
      Thread.ofVirtual()
          .name("cut-off-" + id)
          .start(
              () -> {
                try {
                  (taken ? lose : end).run();
                } finally {
                  ending.set(false);
                }
              });
    }
  }

  private void resumeVideo(Plan plan, String after, Optional<String> node)
      throws InterruptedException {
    ResumePosition place =
        video.hasPlaces() ? new ResumePosition(log.lastClips()) : ResumePosition.START;
    StreamSettings with = plan.settings();
    Run next = runs.ofVideoAgain(plan, place);
    log.resumeRun();
    node.ifPresent(name -> state.resumedOn(name, context.clock().now()));
    String where =
        video.hasPlaces() ? "at " + place.first(with.prompts(), with.sampling()) + " " : "";
    runs.begin(
        next, with, resumption().orElseThrow(), Optional.of("resumed " + where + "after " + after));
  }

  /** Resumes a run that has to wait until its sender publishes again. */
  private void resumeWithoutSender(Plan plan, String after, Optional<String> node)
      throws InterruptedException {
    Duration grace = context.senderGrace();
    boolean began = state.video().isPresent();
    var gone =
        new Ending(
            began ? Status.FINISHED : Status.FAILED, "The video's sender lost its connection.");
    var source = ReturningSource.awaiting(gone, grace, context.clock());
    Run next = runs.ofSenderAgain(source, plan);
    log.resumeRun();
    node.ifPresent(state::resumesOn);
    awaited = Optional.of(source);
    runs.begin(
        next,
        plan.settings(),
        resumption().orElseThrow(),
        Optional.of(
            "resumed after %s; waiting up to %d s for the video's sender to reconnect"
                .formatted(after, grace.toSeconds())));
  }

  private Optional<Lifecycle.LifecycleEvent> resumption() {
    return video
        .resume()
        .filter(
            event ->
                event != Lifecycle.LifecycleEvent.RESUME_PUBLISHED
                    || !context.senderGrace().isZero());
  }
}
