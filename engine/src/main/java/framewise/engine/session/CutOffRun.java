package framewise.engine.session;

import framewise.engine.Refusal.Code;
import framewise.engine.RefusedException;
import framewise.engine.SessionId;
import framewise.engine.Status;
import framewise.engine.pipeline.Place;
import framewise.engine.pipeline.Plan;
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
 * A session's run that was cut off, by the end of the process, a full disk or a change of the node,
 * and how it resumes. The session's lock is held by whoever changes it; otherwise safe for any
 * number of threads.
 */
final class CutOffRun {
  private final SessionId id;
  private final Video video;
  private final SessionContext context;
  private final ResultLog log;
  private final SessionState state;
  private final SessionRuns runs;
  private final AtomicBoolean ending = new AtomicBoolean();

  /** Whether there is one, which will resume. */
  private volatile boolean present;

  /** Video of a run that began without its sender. */
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

  /** Whether there is one, which will resume. */
  boolean isPresent() {
    return present;
  }

  /** Announces that a run resumes, so that clients wait for it. */
  void expect() {
    present = true;
    log.resumeRun();
  }

  /** Schedules a resume for when results can be stored again. */
  void expectStorage() {
    present = true;
    context.cutOff().add(id);
  }

  /** Records that it has resumed, or will not. */
  void clear() {
    present = false;
  }

  /** Whether the session's video is available after a restart of the process. */
  boolean canResume() {
    return resumption().isPresent();
  }

  /** Video of a run that waits for its sender, or did so before the sender came back. */
  Optional<ReturningSource> awaited() {
    return awaited;
  }

  /**
   * Resumes it after its last result.
   *
   * @param after the reason, as text to follow "after"
   * @param node name of this node for people, where another one began the run
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
   * Ends a run whose results can't be stored, once however often it is called, on a thread of its
   * own: the caller is one that the run waits for when it stops.
   *
   * @param lose stops working on the session, which another node has taken over
   * @param end ends the run
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
    Place place = video.hasPlaces() ? new Place(log.lastClips()) : Place.START;
    StreamSettings with = plan.settings();
    Run next = runs.ofVideoAgain(plan, place);
    log.resumeRun();
    node.ifPresent(name -> state.resumedOn(name, context.clock().now()));
    String where =
        video.hasPlaces() ? "at " + place.first(with.prompts(), with.sampling()) + " " : "";
    runs.begin(
        next, with, resumption().orElseThrow(), Optional.of("resumed " + where + "after " + after));
  }

  /** Resumes a run whose video only its sender can bring back. */
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
            "resumed after %s; waiting %d s for the video's sender to come back"
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
