package framewise.engine.session;

import framewise.engine.Refusal;
import framewise.engine.Refusal.Code;
import framewise.engine.SessionId;
import framewise.engine.Status;
import framewise.engine.WallClock;
import framewise.engine.pipeline.BackendGate;
import framewise.engine.pipeline.Prompt;
import framewise.engine.pipeline.Run;
import framewise.engine.pipeline.RunListener;
import framewise.engine.pipeline.StreamSettings;
import framewise.engine.result.Event;
import framewise.engine.result.ResultLog;
import framewise.engine.source.ClipSource;
import framewise.engine.source.FileSource;
import framewise.engine.store.Database;
import framewise.media.FrameSize;
import framewise.media.MediaTime;
import framewise.media.NotAVideoException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One video under one id: its settings, its status, its log. Safe for any number of threads;
 * starting and stopping take turns.
 */
public final class Session {
  private static final FrameSize FRAME_SIZE = new FrameSize(1280);

  private final SessionRow created;
  private final Path video;
  private final Streams streams;
  private final WallClock clock;
  private final ResultLog log;

  /** Held while a session starts, stops or goes: one at a time, and never by the run's threads. */
  private final ReentrantLock changing = new ReentrantLock();

  private boolean retired;

  /** Guards the fields below; held for moments only. */
  private final Object state = new Object();

  private Status status;
  private Optional<String> reason;
  private Optional<StreamSettings> settings;
  private long dropped;
  private @Nullable Run run;

  Session(SessionRow row, Path video, Streams streams, Database database, WallClock clock) {
    this.created = row;
    this.video = video;
    this.streams = streams;
    this.clock = clock;
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

  /** The video's file; readable as long as the session is there. */
  public Path video() {
    return video;
  }

  public SessionView view() {
    synchronized (state) {
      return new SessionView(
          created.id(),
          created.filename(),
          created.fileSize(),
          created.video(),
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
   * @throws framewise.engine.RefusedException when it is streaming already, no back end can answer,
   *     or too many sessions are streaming
   */
  public StreamSettings start(StreamSettings asked) {
    changing.lock();
    try {
      if (retired) {
        throw Sessions.unknown(id()).asException();
      }
      if (view().status() == Status.STREAMING) {
        throw Refusal.of(
                Code.WRONG_STATUS,
                "This session is streaming already: stop it first, or update its prompt.")
            .asException();
      }
      BackendGate gate = streams.gateFor(asked.backend());
      StreamSettings applied = asked.withBackend(gate.backend().name());
      streams.enter();
      ClipSource source = openOrLeave(applied);
      log.startRun();
      play(applied, gate, source, 0, Optional.empty());
      return applied;
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
      if (status != Status.STREAMING || current == null) {
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

  /** Ends the run, if there is one, and frees what it held. */
  public void stop() {
    changing.lock();
    try {
      haltRun();
      end(Status.STOPPED, "Stopped on request.");
    } finally {
      changing.unlock();
    }
  }

  /** Ends the run without a word in the log, so that it can go on after a restart. */
  void suspend() {
    changing.lock();
    try {
      haltRun();
    } finally {
      changing.unlock();
    }
  }

  /** Goes on after the last result of a run that was cut off by the end of the process. */
  void resume() {
    changing.lock();
    try {
      StreamSettings last = view().settings().orElseThrow();
      long next = log.lastClip().orElse(-1) + 1;
      MediaTime place = last.sampling().start(next);
      BackendGate gate = streams.gateFor(last.backend());
      streams.enter();
      ClipSource source = openOrLeave(last);
      log.resumeRun();
      play(last, gate, source, next, Optional.of("resumed at " + place + " after a restart"));
    } finally {
      changing.unlock();
    }
  }

  /** Ends the run, if there is one, and the log; the session cannot be started any more. */
  void retire() {
    changing.lock();
    try {
      retired = true;
      haltRun();
      end(Status.STOPPED, "The session was deleted.");
      log.close();
    } finally {
      changing.unlock();
    }
  }

  /** Ends a run that was cut off and does not go on. */
  void fail(String why) {
    end(Status.FAILED, why);
  }

  private ClipSource openOrLeave(StreamSettings with) {
    boolean open = false;
    try {
      ClipSource source = FileSource.open(video, with.sampling(), FRAME_SIZE);
      open = true;
      return source;
    } catch (NotAVideoException | UncheckedIOException e) {
      throw Refusal.of(
              Code.STORAGE_FAILED,
              "The session's video cannot be opened any more: %s".formatted(e.getMessage()))
          .asException();
    } finally {
      if (!open) {
        streams.leave();
      }
    }
  }

  private void play(
      StreamSettings with,
      BackendGate gate,
      ClipSource source,
      long first,
      Optional<String> detail) {
    Run next = new Run(id().toString(), source, with, gate, clock, new Listener(), first);
    synchronized (state) {
      status = Status.STREAMING;
      reason = Optional.empty();
      settings = Optional.of(with);
      run = next;
      log.append(
          new Event.StatusChanged(Status.STREAMING, detail),
          handle -> {
            SessionStore.updateSettings(handle, id(), with);
            SessionStore.updateStatus(handle, id(), Status.STREAMING, Optional.empty());
          });
    }
    next.start();
  }

  private void haltRun() {
    Run current;
    synchronized (state) {
      current = run;
    }
    if (current != null) {
      current.stop();
      synchronized (state) {
        if (run == current) {
          run = null;
          streams.leave();
        }
      }
    }
  }

  private void end(Status last, String why) {
    synchronized (state) {
      if (status != Status.STREAMING) {
        return;
      }
      status = last;
      reason = Optional.of(why);
      if (run != null) {
        run = null;
        streams.leave();
      }
      log.append(
          new Event.StatusChanged(last, Optional.of(why)),
          handle -> SessionStore.updateStatus(handle, id(), last, Optional.of(why)));
      log.append(new Event.Ended(last, why));
    }
  }

  /** What the run's threads tell. */
  private final class Listener implements RunListener {
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
    public void ended(Status last, String why) {
      end(last, why);
    }
  }
}
