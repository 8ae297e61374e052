package framewise.engine.session;

import framewise.engine.Refusal.Code;
import framewise.engine.RefusedException;
import framewise.engine.SessionId;
import framewise.engine.Status;
import framewise.engine.keep.FileFootage;
import framewise.engine.keep.Footage;
import framewise.engine.keep.KeepSettings;
import framewise.engine.money.Purse;
import framewise.engine.money.Spent;
import framewise.engine.pipeline.Place;
import framewise.engine.pipeline.Plan;
import framewise.engine.pipeline.Run;
import framewise.engine.pipeline.RunListener;
import framewise.engine.preview.Preview;
import framewise.engine.result.Event;
import framewise.engine.result.Partials;
import framewise.engine.result.ResultLog;
import framewise.engine.result.Tally;
import framewise.engine.session.plan.Changes;
import framewise.engine.session.video.Lifecycle;
import framewise.engine.session.video.Phase;
import framewise.engine.session.video.PublishedVideo;
import framewise.engine.session.video.SessionRefusals;
import framewise.engine.session.video.Video;
import framewise.engine.session.video.VideoOpener;
import framewise.engine.session.view.SessionView;
import framewise.engine.settings.Prompt;
import framewise.engine.settings.StreamSettings;
import framewise.engine.source.Ending;
import framewise.engine.source.LiveSource;
import framewise.engine.source.ReturningSource;
import framewise.engine.source.SourceKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
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
  private final VideoOpener opener;
  private final ResultLog log;
  private final SessionState state;
  private final Partials partials = new Partials();

  /** Held while a session starts, stops or is deleted, and never by the run's threads. */
  private final ReentrantLock changing = new ReentrantLock();

  private volatile boolean retired;

  /** Whether its run was cut off and will resume. Written while holding {@code changing}. */
  private volatile boolean awaitingResume;

  /** Whether its run ends here because another node goes on with it. */
  private volatile boolean moving;

  /** Video of a run that began without its sender. */
  private volatile Optional<ReturningSource> awaited = Optional.empty();

  private final AtomicBoolean cuttingOff = new AtomicBoolean();
  private final Running running;

  Session(SessionRow row, Path file, SessionContext context) {
    this.created = row;
    this.video =
        row.damaged() || isLiveCopy(row)
            ? new PublishedVideo(row.source())
            : Video.of(row.source(), file, row.video(), row.url());
    this.context = context;
    this.preview = new Preview(row.id().toString(), context.clock());
    this.running = new Running(context.streams());
    this.log =
        new ResultLog(
            row.id(), context.database(), context.clock(), context.watches().follower(row.id()));
    this.state = new SessionState(row, log, new StatusNotices(context.notices(), context.clock()));
    this.opener =
        new VideoOpener(
            row.id(),
            context.streams(),
            context.clock(),
            preview,
            context.frames(),
            row.keep(),
            this::noticed);
  }

  /** Whether it was opened from a bundle of live video, which is over. */
  private static boolean isLiveCopy(SessionRow row) {
    return row.importedAt().isPresent() && row.source() != SourceKind.UPLOAD;
  }

  /** When it was opened from a bundle; empty for others. */
  public Optional<Instant> importedAt() {
    return created.importedAt();
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
  public Optional<Path> file() {
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
      Lifecycle.Event start = requireStartable();
      requireStorage();
      Plan plan = plan(asked);
      Run next = running.make(() -> open(plan, Place.START), Optional.of(plan));
      log.startRun();
      play(plan.settings(), next, start, Optional.empty());
      return plan.settings();
    } finally {
      changing.unlock();
    }
  }

  /**
   * Starts a run of what a sender publishes, with the previous settings, in a session that waits
   * for its sender or is over.
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
   * The video of a run that waits for its sender, after a change of the node, or did so before the
   * sender came back.
   */
  public Optional<ReturningSource> awaited() {
    return awaited.filter(source -> isRunning() && source.over().isEmpty());
  }

  /** Starts a run of video that is about to arrive. */
  void startLive(LiveSource source, StreamSettings asked) throws InterruptedException {
    changing.lock();
    try {
      requireStorage();
      Plan plan = plan(asked);
      Run next = running.make(() -> run(opener.live(source), plan, Place.START), Optional.of(plan));
      log.startRun();
      play(plan.settings(), next, Lifecycle.Event.PUBLISH, Optional.empty());
    } finally {
      changing.unlock();
    }
  }

  /**
   * Replaces the text of the prompt with this name, or of the only one, from the next clip on.
   *
   * @throws framewise.engine.RefusedException when the session is not streaming, or has no prompt
   *     of this name
   */
  public void updatePrompt(Optional<String> name, Prompt prompt) {
    log.requireOwned();
    running.hold(
        run -> {
          Run current = require(run, "only the prompt of one that is streaming can be updated");
          StreamSettings before = current.settings();
          StreamSettings next = Changes.withPrompt(before, name, prompt);
          requireStorage();
          current.updatePrompt(next);
          try {
            state.changed(next, List.of(new Event.PromptUpdated(name, prompt.text())));
          } catch (RefusedException notStored) {
            current.updatePrompt(before);
            throw notStored;
          }
        });
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
   * Changes the settings from the next clip on. Where a streaming back end needs another stream for
   * that, the far end accepts it before anything changes.
   *
   * @return the settings as applied
   * @throws framewise.engine.RefusedException when the session is not streaming, or the changes
   *     cannot be applied; nothing has changed then
   */
  public StreamSettings change(Changes changes) throws InterruptedException {
    log.requireOwned();
    changing.lock();
    try {
      Run current = requireRunning(running.now());
      requireStorage();
      StreamSettings before = current.settings();
      Plan plan = plan(changes.applyTo(before));
      List<Event> events = Changes.events(before, plan.settings());
      current.prepare(plan);
      try {
        apply(() -> current.change(plan), plan.settings(), events);
      } finally {
        current.discardPrepared();
      }
      return plan.settings();
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
      if (running.halt() || awaitingResume) {
        awaitingResume = false;
        state.over(Lifecycle.Event.STOP, why);
      }
    } finally {
      changing.unlock();
    }
  }

  /** Whether this node works on it, as far as it knows; otherwise another one does, or none. */
  public boolean isOwned() {
    return log.isOwned();
  }

  /**
   * Takes over what another node has stored.
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

  /** Becomes its owner, which the database has made this node. */
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
   * @param release makes it free for other nodes
   */
  void handOver(Runnable release) {
    changing.lock();
    try {
      moving = true;
      boolean _ = running.halt();
      awaitingResume = false;
      release.run();
      log.abandon();
    } finally {
      moving = false;
      changing.unlock();
    }
  }

  /** Whether its run ends here because another node goes on with it. */
  public boolean isMoving() {
    return moving;
  }

  /** Stops working on it without storing anything: another node may be the owner now. */
  void lose() {
    log.abandon();
    context.cutOff().remove(id());
    changing.lock();
    try {
      moving = true;
      awaitingResume = false;
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
    awaitingResume = true;
    log.resumeRun();
  }

  /**
   * Resumes, after its last result, a run that was cut off by the end of the process or by a full
   * disk. Does nothing when the session no longer awaits that.
   *
   * @param after the reason, as text to follow "after"
   */
  void resume(String after) throws InterruptedException {
    resume(after, Optional.empty());
  }

  /**
   * Like {@link #resume(String)}, on another node.
   *
   * @param node name for people
   */
  void resume(String after, Optional<String> node) throws InterruptedException {
    changing.lock();
    try {
      if (!awaitingResume || retired || isRunning()) {
        return;
      }
      state.settle();
      requireStorage();
      Plan plan = plan(view().settings().orElseThrow());
      if (video.publishable()) {
        awaitSender(plan, after, node);
        return;
      }
      Place place = place();
      StreamSettings with = plan.settings();
      Run next = running.make(() -> open(plan, place), Optional.empty());
      log.resumeRun();
      node.ifPresent(name -> state.resumedOn(name, context.clock().now()));
      String where =
          video.hasPlaces() ? "at " + place.first(with.prompts(), with.sampling()) + " " : "";
      play(
          with,
          next,
          resumption().orElseThrow(),
          Optional.of("resumed " + where + "after " + after));
    } finally {
      changing.unlock();
    }
  }

  /** Resumes a run whose video only its sender can bring back. */
  private void awaitSender(Plan plan, String after, Optional<String> node)
      throws InterruptedException {
    Duration grace = context.senderGrace();
    boolean began = view().video().isPresent();
    var gone =
        new Ending(
            began ? Status.FINISHED : Status.FAILED, "The video's sender lost its connection.");
    var source = ReturningSource.awaiting(gone, grace, context.clock());
    Run next = running.make(() -> run(opener.live(source), plan, Place.START), Optional.empty());
    log.resumeRun();
    node.ifPresent(state::resumesOn);
    awaited = Optional.of(source);
    play(
        plan.settings(),
        next,
        resumption().orElseThrow(),
        Optional.of(
            "resumed after %s; waiting %d s for the video's sender to come back"
                .formatted(after, grace.toSeconds())));
  }

  /** Ends the run, if there is one, and the log; the session cannot be started again. */
  void retire() {
    log.requireOwned();
    retireHere();
  }

  /** Ends the log's clients after another node deleted the session. */
  void retireHere() {
    changing.lock();
    try {
      retired = true;
      if (running.halt() || awaitingResume) {
        awaitingResume = false;
        state.over(Lifecycle.Event.STOP, "The session was deleted.");
      }
      log.close();
    } finally {
      changing.unlock();
    }
  }

  /** Ends a run that was cut off and will not resume. */
  void giveUp(Lifecycle.Event how, String why) {
    changing.lock();
    try {
      if (!isRunning()) {
        awaitingResume = false;
        state.over(how, why);
      }
    } finally {
      changing.unlock();
    }
  }

  /**
   * Adds the result of a question beside its prompts.
   *
   * @return its number, 0 once the session is deleted
   */
  long record(Event.Result result, Spent cost, Consumer<Handle> together) {
    partials.over(result.id());
    return state.result(result, cost, together);
  }

  /**
   * Adds the result of a look-back.
   *
   * @param run number of the look-back
   * @return the result's number, 0 once the session is deleted
   */
  long recordBeside(int run, Event.Result result, Spent cost, Consumer<Handle> together) {
    partials.over(result.id());
    return state.resultBeside(run, result, cost, together);
  }

  /** What it has cost, for its budget. */
  Purse purse() {
    return state.purse();
  }

  /** The back ends that answer a look-back's questions. */
  Plan planBeside(StreamSettings asked) {
    return plan(asked).inBackground();
  }

  /** Whether its record is readable and it is not deleted. */
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
   * Stores the end of a run that couldn't be stored in time; returns silently when it still can't
   * be.
   */
  void settle() {
    if (state.isUnsettled()) {
      try {
        state.settle();
      } catch (RefusedException e) {
        LOG.debug("session {}: its end can't be stored yet: {}", id(), e.getMessage());
      }
    }
  }

  /** Whether {@link #settle} has something to store. */
  boolean isUnsettled() {
    return state.isUnsettled();
  }

  /** Schedules a resume for when results can be stored again. */
  void resumeLater() {
    changing.lock();
    try {
      if (!retired && !isRunning() && log.isOwned()) {
        awaitResume();
        context.cutOff().add(id());
      }
    } finally {
      changing.unlock();
    }
  }

  /**
   * Deletes its video and adds an event to the log, unless it runs or is about to.
   *
   * @param why the reason, as text to follow "because"
   * @return whether it was deleted
   */
  boolean deleteVideo(String why, Instant now) throws IOException {
    changing.lock();
    try {
      if (retired || isRunning() || awaitingResume || log.hasBeside() || video.file().isEmpty()) {
        return false;
      }
      log.conclude(
          List.of(
              new Event.StatusChanged(
                  state.status(), Optional.of("The video was deleted because " + why + "."))),
          handle -> SessionStore.updateVideoDeleted(handle, id(), now));
      Files.deleteIfExists(video.file().orElseThrow());
      return true;
    } finally {
      changing.unlock();
    }
  }

  /** Whether it runs, or is about to resume. */
  boolean isBusy() {
    return awaitingResume || isRunning() || log.hasBeside();
  }

  /** Whether its record is unreadable. */
  boolean isDamaged() {
    return created.damaged();
  }

  /** Whether its video is available after a restart of the process. */
  boolean canResume() {
    return resumption().isPresent();
  }

  private Optional<Lifecycle.Event> resumption() {
    return video
        .resume()
        .filter(
            event -> event != Lifecycle.Event.RESUME_PUBLISHED || !context.senderGrace().isZero());
  }

  /** Whether it was never started. */
  boolean isIdle() {
    return state.phase() == Phase.IDLE;
  }

  /** Whether it was never started, and a person can start it. */
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
    if (Lifecycle.next(state.phase(), Lifecycle.Event.PUBLISH).isEmpty()) {
      throw SessionRefusals.wasStopped();
    }
  }

  private Plan plan(StreamSettings asked) {
    return context.plans().of(asked, state.purse()).by("session:" + id());
  }

  /** Changes the run and writes the events, unless the run has ended meanwhile. */
  private void apply(Runnable change, StreamSettings next, List<Event> events) {
    running.hold(
        run -> {
          requireRunning(run);
          change.run();
          state.changed(next, events);
        });
  }

  private Run requireRunning(Optional<Run> run) {
    return require(run, "only one that is streaming can be changed");
  }

  private Run require(Optional<Run> run, String otherwise) {
    String why = awaitingResume ? "it resumes in a moment; send this again then" : otherwise;
    return run.orElseThrow(() -> SessionRefusals.notRunning(state.status(), why));
  }

  private Lifecycle.Event requireStartable() {
    requireReadable();
    if (isRunning()) {
      throw SessionRefusals.runsAlready(state.status());
    }
    Lifecycle.Event start = video.start().orElseThrow(SessionRefusals::liveIsOver);
    if (Lifecycle.next(state.phase(), start).isEmpty()) {
      // It is about to resume.
      throw SessionRefusals.runsAlready(state.status());
    }
    return start;
  }

  /** The position after the last answers. */
  private Place place() {
    return video.hasPlaces() ? new Place(log.lastClips()) : Place.START;
  }

  private Run open(Plan plan, Place place) {
    return run(video.open(opener, plan.settings()), plan, place);
  }

  private Run run(Run.Pictures pictures, Plan plan, Place place) {
    return new Run(id().toString(), pictures, plan, place, context.clock(), listener());
  }

  /** Refuses to start what couldn't be stored. */
  private void requireStorage() {
    state.settle();
    context.database().space().requireRoom();
  }

  private void play(StreamSettings with, Run next, Lifecycle.Event start, Optional<String> detail) {
    boolean begun = false;
    try {
      running.begin(next, () -> state.started(with, start, detail));
      awaitingResume = false;
      begun = true;
    } finally {
      if (!begun) {
        log.abandonRun();
      }
    }
  }

  /** Writes the run's events to the log; releases the run when it ends. */
  private RunListener listener() {
    return new SessionListener(context, state, partials, this::ended, this::cutOff);
  }

  private void noticed(String sentence) {
    listener().noticed(sentence);
  }

  /** Handles a result that couldn't be stored: ends the run, which resumes once writes succeed. */
  private void cutOff(RefusedException why) {
    if (cuttingOff.compareAndSet(false, true)) {
      // A separate thread: the caller is one that the run waits for when it stops.
      Thread.ofVirtual().name("cut-off-" + id()).start(() -> cutOffNow(why));
    }
  }

  private void cutOffNow(RefusedException why) {
    if (why.refusal().code() == Code.TAKEN_OVER && context.database().cluster().isPresent()) {
      lose();
      cuttingOff.set(false);
      return;
    }
    changing.lock();
    try {
      if (running.halt()) {
        state.over(Lifecycle.Event.FAIL, why.refusal().detail());
        if (canResume()) {
          awaitingResume = true;
          context.cutOff().add(id());
        }
      }
    } finally {
      cuttingOff.set(false);
      changing.unlock();
    }
  }

  private void ended(Ending ending) {
    Lifecycle.Event how =
        ending.status() == Status.FAILED ? Lifecycle.Event.FAIL : Lifecycle.Event.FINISH;
    running.ended(() -> state.over(how, ending.reason()));
  }
}
