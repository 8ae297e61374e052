package framewise.engine.session;

import framewise.engine.RefusedException;
import framewise.engine.SessionId;
import framewise.engine.files.StoredFile;
import framewise.engine.keep.FileFootage;
import framewise.engine.keep.Footage;
import framewise.engine.keep.KeepSettings;
import framewise.engine.money.BudgetAccount;
import framewise.engine.money.SpendingTotal;
import framewise.engine.pipeline.Plan;
import framewise.engine.pipeline.Run;
import framewise.engine.preview.Preview;
import framewise.engine.result.Event;
import framewise.engine.result.Partials;
import framewise.engine.result.ResultLog;
import framewise.engine.result.Tally;
import framewise.engine.session.plan.Changes;
import framewise.engine.session.store.SessionRow;
import framewise.engine.session.store.SessionUpdates;
import framewise.engine.session.video.Lifecycle;
import framewise.engine.session.video.Phase;
import framewise.engine.session.video.PublishedVideo;
import framewise.engine.session.video.SessionRefusals;
import framewise.engine.session.video.Video;
import framewise.engine.session.view.SessionView;
import framewise.engine.settings.Prompt;
import framewise.engine.settings.StreamSettings;
import framewise.engine.source.LiveSource;
import framewise.engine.source.ReturningSource;
import framewise.engine.source.SourceKind;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A video under one id: its run, its state and its log. Safe for any number of threads; starts,
 * changes and stops run one at a time.
 */
public final class Session {
  private static final Logger LOG = LoggerFactory.getLogger(Session.class);

  private final SessionRow created;
  private final Video video;
  private final SessionContext context;
  private final Preview preview;
  private final ResultLog log;
  private final SessionState state;
  private final Partials partials = new Partials();

  /** Held while a session starts, stops or is deleted, and never by the run's threads. */
  private final ReentrantLock changing = new ReentrantLock();

  private volatile boolean retired;

  /** Whether its run is being handed over to another node. */
  private volatile boolean moving;

  private final RunSlot running;
  private final SessionRuns runs;
  private final CutOffRun cutOff;
  private final RunChanges changes;

  Session(SessionRow row, StoredFile file, SessionContext context) {
    this.created = row;
    this.video =
        row.damaged() || isLiveCopy(row)
            ? new PublishedVideo(row.source())
            : Video.of(row.source(), file, row.video(), row.url());
    this.context = context;
    this.preview = new Preview(row.id().toString(), context.clock());
    this.running = new RunSlot(context.streams());
    this.log =
        new ResultLog(
            row.id(), context.database(), context.clock(), context.watches().follower(row.id()));
    this.state = new SessionState(row, log, new StatusNotices(context.notices(), context.clock()));
    this.runs =
        new SessionRuns(
            row, video, context, preview, log, state, partials, running, this::notStored);
    this.cutOff = new CutOffRun(row.id(), video, context, log, state, runs);
    this.changes = new RunChanges(running, runs, state, cutOff);
  }

  /** Whether it was created from a bundle of live video, so that its video is over. */
  private static boolean isLiveCopy(SessionRow row) {
    return row.importedAt().isPresent() && row.source() != SourceKind.UPLOAD;
  }

  /** How much of its live video is kept; empty for the default. */
  public Optional<KeepSettings> keep() {
    return created.keep();
  }

  public SessionId id() {
    return created.id();
  }

  /** The log of all its events. */
  public ResultLog log() {
    return log;
  }

  /** Partial answers, while they are being written. */
  public Partials partials() {
    return partials;
  }

  /** The run's pictures, for viewers. */
  public Preview preview() {
    return preview;
  }

  /** The pictures available of its video, whether it runs or not. */
  public Footage footage() {
    return video
        .file()
        .<Footage>map(
            file -> new FileFootage(file, created.video().orElseThrow(), created.createdAt()))
        .orElseGet(() -> context.frames().of(id()));
  }

  /** The video's file, if it has one; readable until the session is deleted. */
  public Optional<StoredFile> file() {
    return video.file();
  }

  public SessionView view() {
    return state.view(preview.reception(), running.now().map(Run::memoryBytes).orElse(0L));
  }

  /**
   * Starts a run from the beginning of the video.
   *
   * @return the settings as applied, with the chosen back ends
   * @throws framewise.engine.RefusedException when it is already streaming, its video was live and
   *     is over, no back end can answer or the chosen one refuses, or too many sessions are
   *     streaming
   */
  public StreamSettings start(StreamSettings asked) throws InterruptedException {
    changing.lock();
    try {
      Lifecycle.LifecycleEvent start = requireStartable();
      runs.requireStorage();
      Plan plan = runs.plan(asked);
      begin(runs.ofVideo(plan), plan, start);
      return plan.settings();
    } finally {
      changing.unlock();
    }
  }

  /**
   * Starts a run of a sender's video, with the previous settings, in a session that is over or
   * waits for its sender.
   *
   * @param source closed when the session ends; the caller keeps it when this throws
   * @return the settings as applied
   * @throws framewise.engine.RefusedException when the session is streaming, was stopped on
   *     request, takes no such video, no back end can answer, or too many sessions are streaming
   */
  public StreamSettings publishAgain(LiveSource source) throws InterruptedException {
    changing.lock();
    try {
      requirePublishable();
      StreamSettings settings = view().settings().orElse(StreamSettings.NO_QUESTION);
      startLive(source, settings);
      return settings;
    } finally {
      changing.unlock();
    }
  }

  /**
   * The video of a run that resumed on another node before its sender reconnected, whether or not
   * the sender is back; empty for others.
   */
  public Optional<ReturningSource> awaited() {
    return cutOff.awaited().filter(source -> isRunning() && source.ending().isEmpty());
  }

  /** Starts a run of video that is about to arrive. */
  void startLive(LiveSource source, StreamSettings asked) throws InterruptedException {
    changing.lock();
    try {
      runs.requireStorage();
      Plan plan = runs.plan(asked);
      begin(runs.ofSender(source, plan), plan, Lifecycle.LifecycleEvent.PUBLISH);
    } finally {
      changing.unlock();
    }
  }

  private void begin(Run next, Plan plan, Lifecycle.LifecycleEvent start) {
    log.startRun();
    runs.begin(next, plan.settings(), start, Optional.empty());
    cutOff.clear();
  }

  /**
   * Replaces the text of the prompt with this name, or of the only one, from the next clip on.
   *
   * @throws framewise.engine.RefusedException when the session is not streaming, or has no prompt
   *     of this name
   */
  public void updatePrompt(Optional<String> name, Prompt prompt) {
    log.requireOwned();
    changes.prompt(name, prompt);
  }

  /** Like {@link #updatePrompt(Optional, Prompt)}, in a session with one prompt. */
  public void updatePrompt(Prompt prompt) {
    updatePrompt(Optional.empty(), prompt);
  }

  /**
   * Changes its display name, whether it runs or not.
   *
   * @param name empty to return to its filename
   */
  public void rename(Optional<String> name) {
    log.requireOwned();
    state.rename(name);
  }

  /**
   * Changes the settings from the next clip on. If a streaming back end needs another stream for
   * that, the far end must accept it before anything changes.
   *
   * @return the settings as applied
   * @throws framewise.engine.RefusedException when the session is not streaming, or the changes
   *     cannot be applied; nothing has changed then
   */
  public StreamSettings change(Changes asked) throws InterruptedException {
    log.requireOwned();
    changing.lock();
    try {
      return changes.apply(asked);
    } finally {
      changing.unlock();
    }
  }

  /** Ends the run on request, if there is one, and releases its resources. */
  public void stop() {
    stop("Stopped on request.");
  }

  /**
   * Like {@link #stop()}, for another reason.
   *
   * @param why a sentence for people
   */
  public void stop(String why) {
    log.requireOwned();
    changing.lock();
    try {
      if (running.halt() || cutOff.isPresent()) {
        cutOff.clear();
        state.end(Lifecycle.LifecycleEvent.STOP, why);
      }
    } finally {
      changing.unlock();
    }
  }

  /** Whether this node owns it, as far as it knows, rather than another node or none. */
  public boolean isOwned() {
    return log.isOwned();
  }

  /**
   * Updates this object with what another node has stored.
   *
   * @param lookback whether a look-back is under way
   */
  void follow(SessionRow row, Tally tally, boolean lookback) {
    if (!log.isOwned()) {
      state.follow(row);
      boolean runs = state.phase() == Phase.STREAMING || state.phase() == Phase.CONNECTING;
      log.follow(tally, runs, lookback);
    }
  }

  /** Becomes its owner, after the database has made this node the owner. */
  void own(SessionRow row) {
    changing.lock();
    try {
      context.watches().reread(id());
      log.own();
      state.follow(row);
    } finally {
      changing.unlock();
    }
  }

  /**
   * Ends its run, which resumes on the node that becomes its owner.
   *
   * @param release releases it, so that another node can claim it
   */
  void handOver(Runnable release) {
    changing.lock();
    try {
      moving = true;
      boolean _ = running.halt();
      cutOff.clear();
      release.run();
      log.abandon();
    } finally {
      moving = false;
      changing.unlock();
    }
  }

  /** Whether its run is being handed over to another node. */
  public boolean isMoving() {
    return moving;
  }

  /** Stops working on it without storing anything, because another node may be the owner now. */
  void relinquish() {
    log.abandon();
    context.cutOff().remove(id());
    changing.lock();
    try {
      moving = true;
      cutOff.clear();
      boolean _ = running.halt();
    } finally {
      moving = false;
      changing.unlock();
    }
  }

  /** Ends the run without an event in the log, so that it can resume after a restart. */
  void suspend() {
    changing.lock();
    try {
      boolean _ = running.halt();
    } finally {
      changing.unlock();
    }
  }

  /** Announces that {@link #resume} follows, so that clients wait for it. */
  void awaitResume() {
    cutOff.expect();
  }

  /**
   * Resumes an interrupted run after its last result. Does nothing if the session no longer expects
   * that.
   *
   * @param after the reason, phrased to follow "after"
   * @param node name of the node that resumes it, for people; empty when it is the same
   */
  void resume(String after, Optional<String> node) throws InterruptedException {
    changing.lock();
    try {
      if (cutOff.isPresent() && !retired && !isRunning()) {
        cutOff.resume(after, node);
      }
    } finally {
      changing.unlock();
    }
  }

  /** Ends the run, if there is one, and the log; the session cannot be started again. */
  void retire() {
    log.requireOwned();
    retireHere();
  }

  /** Disconnects the log's clients, because another node has deleted the session. */
  void retireHere() {
    changing.lock();
    try {
      retired = true;
      if (running.halt() || cutOff.isPresent()) {
        cutOff.clear();
        state.end(Lifecycle.LifecycleEvent.STOP, "The session was deleted.");
      }
      log.close();
    } finally {
      changing.unlock();
    }
  }

  /** Ends an interrupted run that won't resume. */
  void endInterrupted(Lifecycle.LifecycleEvent how, String why) {
    changing.lock();
    try {
      if (!isRunning()) {
        cutOff.clear();
        state.end(how, why);
      }
    } finally {
      changing.unlock();
    }
  }

  /**
   * Adds the result of a question that is not one of its prompts.
   *
   * @return its number, 0 once the session is deleted
   */
  long record(Event.Result result, SpendingTotal cost, Consumer<Handle> together) {
    partials.discard(result.id());
    return state.result(result, cost, together);
  }

  /**
   * Adds the result of a look-back.
   *
   * @param run number of the look-back
   * @return the result's number, 0 once the session is deleted
   */
  long recordBeside(int run, Event.Result result, SpendingTotal cost, Consumer<Handle> together) {
    partials.discard(result.id());
    return state.resultBeside(run, result, cost, together);
  }

  /** Its account, which its budget is checked against. */
  BudgetAccount purse() {
    return state.purse();
  }

  /** Plan of a look-back. */
  Plan planBeside(StreamSettings asked) {
    return runs.plan(asked).inBackground();
  }

  /** Requires that its record is readable and that it is not deleted. */
  void requireReadable() {
    log.requireOwned();
    if (retired) {
      throw Sessions.unknown(id()).asException();
    }
    if (created.damaged()) {
      throw SessionRefusals.damaged();
    }
  }

  /**
   * Stores the end of a run that couldn't be stored in time; returns silently if that still fails.
   */
  void storePendingEnd() {
    if (state.isUnsettled()) {
      try {
        state.storePendingEnd();
      } catch (RefusedException e) {
        LOG.debug(
            "session {}: failed to store its end; trying again later: {}", id(), e.getMessage());
      }
    }
  }

  /** Schedules the run to resume once results can be stored again. */
  void resumeLater() {
    changing.lock();
    try {
      if (!retired && !isRunning() && log.isOwned()) {
        cutOff.expect();
        context.cutOff().add(id());
      }
    } finally {
      changing.unlock();
    }
  }

  /**
   * Deletes its video and adds an event to the log, unless it runs or is about to.
   *
   * @param why the reason, phrased to follow "because"
   * @return whether it was deleted
   */
  boolean deleteVideo(String why, Instant now) throws IOException {
    changing.lock();
    try {
      if (retired || isBusy() || video.file().isEmpty()) {
        return false;
      }
      log.conclude(
          List.of(
              new Event.StatusChanged(
                  state.status(), Optional.of("The video was deleted because " + why + "."))),
          handle -> SessionUpdates.updateVideoDeleted(handle, id(), now));
      video.file().orElseThrow().delete();
      return true;
    } finally {
      changing.unlock();
    }
  }

  /** Whether it runs, or is about to resume. */
  boolean isBusy() {
    return cutOff.isPresent() || isRunning() || log.hasBeside();
  }

  /** Whether its record is unreadable. */
  boolean isDamaged() {
    return created.damaged();
  }

  /** Whether its video is available after a restart of the process. */
  boolean canResume() {
    return cutOff.canResume();
  }

  /** Whether it was never started. */
  boolean isIdle() {
    return state.phase() == Phase.IDLE;
  }

  /** Whether it was never started, but a person can start it. */
  boolean awaitsItsFirstStart() {
    return state.phase() == Phase.IDLE && video.repeatable();
  }

  /** Whether it streams or waits for its first picture. */
  public boolean isRunning() {
    return running.now().isPresent();
  }

  private void requirePublishable() {
    log.requireOwned();
    if (retired) {
      throw Sessions.unknown(id()).asException();
    }
    boolean resumed = awaited().filter(source -> !source.hasSender()).isPresent();
    if (!video.publishable() || (isRunning() && !resumed)) {
      throw SessionRefusals.takesNoVideo();
    }
    if (state.phase() == Phase.STREAMING || state.phase() == Phase.CONNECTING) {
      throw SessionRefusals.resumes();
    }
    if (Lifecycle.next(state.phase(), Lifecycle.LifecycleEvent.PUBLISH).isEmpty()) {
      throw SessionRefusals.wasStopped();
    }
  }

  private Lifecycle.LifecycleEvent requireStartable() {
    requireReadable();
    if (isRunning()) {
      throw SessionRefusals.runsAlready(state.status());
    }
    Lifecycle.LifecycleEvent start = video.start().orElseThrow(SessionRefusals::liveIsOver);
    if (Lifecycle.next(state.phase(), start).isEmpty()) {
      // It is about to resume.
      throw SessionRefusals.runsAlready(state.status());
    }
    return start;
  }

  /** Handles a result that couldn't be stored: ends the run, which resumes once writes succeed. */
  private void notStored(RefusedException why) {
    cutOff.cutOff(why, this::relinquish, () -> interrupt(why.refusal().detail()));
  }

  private void interrupt(String why) {
    changing.lock();
    try {
      if (running.halt()) {
        state.end(Lifecycle.LifecycleEvent.FAIL, why);
        if (canResume()) {
          cutOff.expectStorage();
        }
      }
    } finally {
      changing.unlock();
    }
  }
}
