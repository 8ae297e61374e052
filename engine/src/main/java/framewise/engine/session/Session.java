package framewise.engine.session;

import framewise.engine.Refusal;
import framewise.engine.Refusal.Code;
import framewise.engine.SessionId;
import framewise.engine.Status;
import framewise.engine.WallClock;
import framewise.engine.pipeline.Prompt;
import framewise.engine.pipeline.Run;
import framewise.engine.pipeline.RunListener;
import framewise.engine.pipeline.StreamSettings;
import framewise.engine.result.Event;
import framewise.engine.result.ResultLog;
import framewise.engine.source.Ending;
import framewise.engine.source.LiveSource;
import framewise.engine.source.SourceKind;
import framewise.engine.store.Database;
import framewise.media.MediaTime;
import framewise.media.VideoInfo;
import framewise.vision.Backend;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One video under one id: its settings, its status, its log. Safe for any number of threads;
 * starting and stopping take turns.
 */
public final class Session {
  private final SessionRow created;
  private final Path file;
  private final Streams streams;
  private final Runs runs;
  private final ResultLog log;

  /** Held while a session starts, stops or goes: one at a time, and never by the run's threads. */
  private final ReentrantLock changing = new ReentrantLock();

  private boolean retired;

  /** Guards the fields below; held for moments only. */
  private final Object state = new Object();

  private Optional<VideoInfo> video;
  private Status status;
  private Optional<String> reason;
  private Optional<StreamSettings> settings;
  private long dropped;
  private @Nullable Run run;

  Session(SessionRow row, Path file, Streams streams, Database database, WallClock clock) {
    this.created = row;
    this.file = file;
    this.streams = streams;
    this.runs = new Runs(streams, clock);
    this.video = row.video();
    this.log = new ResultLog(row.id(), database, clock);
    this.status = row.status();
    this.reason = row.reason();
    this.settings = row.settings();
    this.dropped = row.dropped();
  }

  public SessionId id() {
    return created.id();
  }

  /** Everything that happened in it. */
  public ResultLog log() {
    return log;
  }

  /** The video's file, where there is one; readable as long as the session is there. */
  public Optional<Path> file() {
    return created.source() == SourceKind.UPLOAD ? Optional.of(file) : Optional.empty();
  }

  public SessionView view() {
    synchronized (state) {
      return new SessionView(
          created.id(),
          created.source(),
          created.filename(),
          created.url(),
          created.fileSize(),
          video,
          created.createdAt(),
          status,
          reason,
          settings,
          new Counters(log.counts().results(), log.counts().failed(), dropped),
          log.lastSeq());
    }
  }

  /**
   * Starts to look at the video from its beginning.
   *
   * @return as applied, with the back end that was chosen
   * @throws framewise.engine.RefusedException when it is streaming already, its video was live and
   *     is over, no back end can answer or the one chosen refuses, or too many sessions are
   *     streaming
   */
  public StreamSettings start(StreamSettings asked) throws InterruptedException {
    changing.lock();
    try {
      requireStartable();
      Backend backend = streams.backendFor(asked.backend());
      StreamSettings applied = asked.withBackend(backend.name());
      Run next = enter(() -> again(applied, backend, 0), true);
      log.startRun();
      play(applied, next, beginning(), Optional.empty());
      return applied;
    } finally {
      changing.unlock();
    }
  }

  /** Starts to look at video that is about to arrive; once in the life of a session. */
  void startLive(LiveSource source, StreamSettings asked) throws InterruptedException {
    changing.lock();
    try {
      Backend backend = streams.backendFor(asked.backend());
      StreamSettings applied = asked.withBackend(backend.name());
      Run next = enter(() -> runs.ofLive(id(), source, applied, backend, new Listener()), true);
      log.startRun();
      play(applied, next, Status.WAITING, Optional.empty());
    } finally {
      changing.unlock();
    }
  }

  /**
   * The next clip is asked this.
   *
   * @throws framewise.engine.RefusedException when the session is not streaming
   */
  public void updatePrompt(Prompt prompt) {
    synchronized (state) {
      Run current = run;
      if (current == null) {
        throw Refusal.of(
                Code.WRONG_STATUS,
                "This session is %s: only the prompt of one that is streaming can be updated."
                    .formatted(status.wireName()))
            .asException();
      }
      current.updatePrompt(prompt);
      settings = Optional.of(current.settings());
      log.append(
          new Event.PromptUpdated(prompt.text()),
          handle -> SessionStore.updateSettings(handle, id(), current.settings()));
    }
  }

  /** Ends the run on request, if there is one, and frees what it held. */
  public void stop() {
    stop("Stopped on request.");
  }

  /**
   * As {@link #stop()}, for another reason.
   *
   * @param why a sentence for people
   */
  public void stop(String why) {
    changing.lock();
    try {
      if (haltRun()) {
        conclude(Status.STOPPED, why);
      }
    } finally {
      changing.unlock();
    }
  }

  /** Ends the run without a word in the log, so that it can go on after a restart. */
  void suspend() {
    changing.lock();
    try {
      boolean _ = haltRun();
    } finally {
      changing.unlock();
    }
  }

  /** Goes on after the last result of a run that was cut off by the end of the process. */
  void resume() throws InterruptedException {
    changing.lock();
    try {
      StreamSettings last = view().settings().orElseThrow();
      long first = created.url().isPresent() ? 0 : log.lastClip().orElse(-1) + 1;
      MediaTime place = last.sampling().start(first);
      Backend backend = streams.backendFor(last.backend());
      Run next = enter(() -> again(last, backend, first), false);
      log.resumeRun();
      String where = created.url().isPresent() ? "" : "at " + place + " ";
      play(last, next, beginning(), Optional.of("resumed " + where + "after a restart"));
    } finally {
      changing.unlock();
    }
  }

  /** Ends the run, if there is one, and the log; the session cannot be started any more. */
  void retire() {
    changing.lock();
    try {
      retired = true;
      if (haltRun()) {
        conclude(Status.STOPPED, "The session was deleted.");
      }
      log.close();
    } finally {
      changing.unlock();
    }
  }

  /** Ends a run that was cut off and does not go on. */
  void fail(String why) {
    conclude(Status.FAILED, why);
  }

  /** Whether its video can be had more than once. */
  boolean canBeStartedAgain() {
    return created.source() == SourceKind.UPLOAD || created.url().isPresent();
  }

  /** Whether it is one of a URL that nobody looked at yet. */
  boolean awaitsItsFirstStart() {
    return created.url().isPresent() && view().settings().isEmpty();
  }

  /** Whether its video is being looked at, or its first picture waited for. */
  public boolean isRunning() {
    synchronized (state) {
      return run != null;
    }
  }

  private void requireStartable() {
    if (retired) {
      throw Sessions.unknown(id()).asException();
    }
    if (isRunning()) {
      throw Refusal.of(
              Code.WRONG_STATUS,
              "This session is %s already: stop it first, or update its prompt."
                  .formatted(view().status().wireName()))
          .asException();
    }
    if (!canBeStartedAgain()) {
      throw Refusal.of(
              Code.WRONG_STATUS,
              "This session's video was live and is over: it cannot be started again.")
          .asException();
    }
  }

  /** A run of the session's own file or URL. */
  private Run again(StreamSettings with, Backend backend, long first) {
    if (created.url().isPresent()) {
      return runs.ofUrl(id(), created.url().get(), with, backend, new Listener());
    }
    VideoInfo known = created.video().orElseThrow();
    return runs.ofFile(id(), file, known, with, backend, first, new Listener());
  }

  /** What it is once it is started. */
  private Status beginning() {
    return created.url().isPresent() ? Status.WAITING : Status.STREAMING;
  }

  /** Takes a place and makes a run, or neither. */
  private Run enter(Supplier<Run> maker, boolean prepared) throws InterruptedException {
    streams.enter();
    boolean ready = false;
    try {
      Run made = maker.get();
      if (prepared) {
        made.prepare();
      }
      ready = true;
      return made;
    } finally {
      if (!ready) {
        streams.leave();
      }
    }
  }

  private void play(StreamSettings with, Run next, Status now, Optional<String> detail) {
    synchronized (state) {
      status = now;
      reason = Optional.empty();
      settings = Optional.of(with);
      run = next;
      log.append(
          new Event.StatusChanged(now, detail),
          handle -> {
            SessionStore.updateSettings(handle, id(), with);
            SessionStore.updateStatus(handle, id(), now, Optional.empty());
          });
    }
    next.start();
  }

  /** Ends the run; false when there is none, or it ended by itself. */
  private boolean haltRun() {
    Run current;
    synchronized (state) {
      current = run;
    }
    if (current == null) {
      return false;
    }
    current.stop();
    synchronized (state) {
      boolean ours = current.equals(run);
      if (ours) {
        run = null;
        streams.leave();
      }
      return ours;
    }
  }

  /** The run came to its end by itself. */
  private void end(Status last, String why) {
    synchronized (state) {
      if (run != null) {
        run = null;
        streams.leave();
        conclude(last, why);
      }
    }
  }

  private void conclude(Status last, String why) {
    synchronized (state) {
      status = last;
      reason = Optional.of(why);
      log.append(
          new Event.StatusChanged(last, Optional.of(why)),
          handle -> SessionStore.updateStatus(handle, id(), last, Optional.of(why)));
      log.append(new Event.Ended(last, why));
    }
  }

  /** What the run's threads tell. */
  private final class Listener implements RunListener {
    @Override
    public void began(VideoInfo seen) {
      synchronized (state) {
        video = Optional.of(seen);
        status = Status.STREAMING;
        log.append(
            new Event.StatusChanged(Status.STREAMING, Optional.empty()),
            handle -> {
              SessionStore.updateVideo(handle, id(), seen);
              SessionStore.updateStatus(handle, id(), Status.STREAMING, Optional.empty());
            });
      }
    }

    @Override
    public void result(Event.Result result) {
      log.append(result);
    }

    @Override
    public void dropped(long clips, Event.StatusChanged report) {
      synchronized (state) {
        dropped += clips;
      }
      streams.addDropped(clips);
      log.append(report, handle -> SessionStore.addDropped(handle, id(), clips));
    }

    @Override
    public void noticed(String sentence) {
      Status now;
      synchronized (state) {
        now = status;
      }
      log.append(new Event.StatusChanged(now, Optional.of(sentence)));
    }

    @Override
    public void ended(Ending ending) {
      end(ending.status(), ending.reason());
    }
  }
}
