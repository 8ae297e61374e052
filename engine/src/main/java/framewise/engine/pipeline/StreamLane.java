package framewise.engine.pipeline;

import framewise.engine.Refusal;
import framewise.engine.Refusal.Code;
import framewise.engine.Status;
import framewise.engine.settings.PromptSettings;
import framewise.engine.source.Ending;
import framewise.engine.source.RetryWait;
import framewise.engine.source.Schedule;
import framewise.engine.source.TimedClip;
import framewise.media.Sampling;
import framewise.time.Deadline;
import framewise.time.WallClock;
import framewise.vision.StreamAnswer;
import framewise.vision.StreamEnd;
import framewise.vision.StreamRefusedException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lane of a prompt whose service takes a stream of pictures and decides when to answer. A lost
 * stream is replaced by a new one, which resumes at the same position in the video.
 */
final class StreamLane implements Lane {
  /** A lost stream that lasted at least this long is replaced without a wait. */
  private static final long STEADY_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** Wait after faults that only a person can fix, which takes longer than seconds. */
  private static final long PERSON_WAIT_NANOS = TimeUnit.MINUTES.toNanos(5);

  /** Interval at which spending is compared with the budget. */
  private static final long BUDGET_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final Logger LOG = LoggerFactory.getLogger(StreamLane.class);

  /**
   * Settings of a lane.
   *
   * @param others the back ends that answer clip by clip while the stream is down, such as {@code
   *     gemini or builtin}; empty where there are none
   */
  record LaneSettings(
      PromptSettings prompt, Plan.Streaming to, Sampling sampling, Optional<String> others) {
    /** Whether only the text of the prompt differs, so that the open stream can continue. */
    boolean differsInWordsOnly(LaneSettings other) {
      return sampling.equals(other.sampling)
          && to.backend().equals(other.to.backend())
          && prompt.withPrompt(other.prompt.prompt()).equals(other.prompt);
    }
  }

  /** Events that wake the lane's thread. */
  private sealed interface Signal {
    record Lost(StreamLink link, StreamEnd end) implements Signal {}

    /**
     * The settings have changed: a different stream may be needed, or a stream may be allowed
     * again.
     */
    record Changed() implements Signal {}

    /** No picture follows. */
    record Over() implements Signal {}
  }

  private final Key key;
  private final String prefix;
  private final Function<Sampling, Schedule> schedule;
  private final BooleanSupplier othersGoOn;
  private final StreamResults results;
  private final DropReport drops;
  private final WallClock clock;
  private final LaneListener keeper;
  private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile LaneSettings orders;
  private volatile @Nullable StreamLink link;
  private @Nullable StreamLink prepared;
  private Optional<StreamEnd> refused = Optional.empty();
  private volatile boolean over;
  private volatile boolean stopped;

  /** Last reported reason why there is no stream; empty while there is one. */
  private String trouble = "";

  /** Wait before the next attempt to open a stream. */
  private volatile long waitNanos;

  /**
   * @param session its name, for logs and thread names
   * @param schedule gives the schedule of pictures to send, for a sampling that the far end applies
   * @param othersGoOn whether other lanes of the run can continue without this one
   */
  StreamLane(
      String session,
      LaneSettings orders,
      Function<Sampling, Schedule> schedule,
      StreamResults.Position position,
      BooleanSupplier othersGoOn,
      WallClock clock,
      RunListener listener,
      LaneListener keeper) {
    Optional<String> name = orders.prompt().name();
    this.key = new Key(name, Kind.STREAM);
    this.prefix = name.map(text -> text + ": ").orElse("");
    this.orders = orders;
    this.schedule = schedule;
    this.othersGoOn = othersGoOn;
    this.clock = clock;
    this.keeper = keeper;
    this.results = new StreamResults(() -> this.orders, schedule, position, clock, listener);
    this.drops = new DropReport(name, clock, listener::dropped);
    String threadName = "stream-" + session + name.map(text -> "-" + text).orElse("");
    this.thread = Thread.ofPlatform().daemon().name(threadName).unstarted(this::run);
  }

  /**
   * Opens the stream that these settings need, unless the present one is suitable.
   *
   * @throws framewise.engine.RefusedException when the far end refuses, and there is no fallback or
   *     the request is not allowed
   */
  void prepare(LaneSettings next) throws InterruptedException {
    boolean begun = thread.getState() != Thread.State.NEW;
    if (begun && next.differsInWordsOnly(orders)) {
      return;
    }
    try {
      prepared = open(next);
    } catch (StreamRefusedException e) {
      StreamEnd end = e.end();
      if (next.others().isEmpty() || end.cure() == StreamEnd.Cure.OTHER_REQUEST) {
        throw refusal(end).asException();
      }
      refused = Optional.of(end);
      waitNanos = waitAfter(end);
    }
  }

  /** Closes a prepared stream that turned out not to be needed. */
  void discardPrepared() {
    StreamLink unwanted = prepared;
    prepared = null;
    refused = Optional.empty();
    if (unwanted != null) {
      unwanted.close();
    }
  }

  /** Applies these settings from now on. */
  void change(LaneSettings next) {
    StreamLink old = link;
    boolean wordsOnly = next.differsInWordsOnly(orders);
    orders = next;
    if (prepared != null) {
      link = prepared;
      prepared = null;
      if (old != null) {
        old.close();
      }
    } else if (!wordsOnly) {
      link = null;
      if (old != null) {
        old.close();
      }
    } else if (old != null) {
      Thread.ofVirtual()
          .name("prompt-" + thread.getName())
          .start(() -> old.ask(orders.prompt().prompt().text()));
    }
    signals.add(new Signal.Changed());
    keeper.wantsChanged();
  }

  @Override
  public Key key() {
    return key;
  }

  /** Whether there is a stream to send pictures to. */
  @Override
  public boolean isWanted() {
    return !over && link != null;
  }

  @Override
  public void start() {
    StreamLink first = prepared;
    prepared = null;
    link = first;
    thread.start();
  }

  @Override
  public void put(TimedClip clip) {
    replace(clip);
  }

  @Override
  public void replace(TimedClip clip) {
    StreamLink current = link;
    if (current != null) {
      current.send(clip.clip().newest());
    }
  }

  /**
   * Ignored: the far end chooses its own clips, so clips that were never sent don't count as
   * dropped.
   */
  @Override
  public void skipped(long clips) {}

  @Override
  public void end() {
    over = true;
    signals.add(new Signal.Over());
    if (link == null) {
      thread.interrupt(); // aborts an attempt to open a stream
    }
  }

  @Override
  public void stop(Duration patience) {
    stopped = true;
    over = true;
    results.mute();
    thread.interrupt();
    boolean begun = thread.getState() != Thread.State.NEW;
    if (begun && !thread.equals(Thread.currentThread())) {
      try {
        if (!thread.join(patience)) {
          LOG.warn("{} is slow to stop", thread.getName());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    closeAll();
  }

  private void run() {
    try {
      refused.ifPresent(this::noStreamYet);
      while (!over) {
        StreamLink current = link;
        if (current == null) {
          connect();
        } else {
          await(current);
        }
      }
      StreamLink last = link;
      if (last != null) {
        awaitLastAnswer();
      }
    } catch (InterruptedException stop) {
      LOG.debug("{} stopped", thread.getName());
    } catch (Failed e) {
      keeper.failed(e.how);
    } catch (RuntimeException e) {
      LOG.error("{} failed", thread.getName(), e);
      keeper.failed(
          new Ending(Status.FAILED, "The stream failed. The service's log has the details."));
    } finally {
      boolean _ = Thread.interrupted(); // cleared, so that the following events can be stored
      closeAll();
      if (!stopped) {
        keeper.done(this);
      }
    }
  }

  /** Waits until the stream is lost, or exceeds a budget. */
  private void await(StreamLink current) throws InterruptedException {
    long began = clock.nanos();
    while (!over && current.equals(link)) {
      Optional<String> tooDear = orders.to().spending().get();
      if (tooDear.isPresent()) {
        trouble = orders.to().backend().name() + " " + tooDear.get();
        down(trouble, current);
        return;
      }
      Signal signal = signals.poll(BUDGET_NANOS, TimeUnit.NANOSECONDS);
      if (signal instanceof Signal.Lost(StreamLink lost, StreamEnd end) && lost.equals(current)) {
        failUnlessRecoverable(end);
        trouble = end.detail();
        boolean atOnce = end.restartable() && clock.nanos() - began > STEADY_NANOS;
        waitNanos = atOnce ? 0 : waitAfter(end);
        down("lost the stream at %s: %s".formatted(results.position(), trouble), current);
        return;
      }
    }
  }

  /** Opens a stream, and retries while that may help. */
  private void connect() throws InterruptedException {
    orders.others().ifPresent(names -> notice("switched to " + names));
    while (!over && link == null) {
      awaitAttempt();
      LaneSettings asked = orders;
      if (over || asked.to().spending().get().isPresent()) {
        waitNanos = BUDGET_NANOS;
        continue;
      }
      try {
        StreamLink opened = open(asked);
        if (over || !asked.equals(orders)) {
          opened.close(); // the settings have changed in the meantime: try again
          waitNanos = 0;
        } else {
          up(opened);
        }
      } catch (StreamRefusedException e) {
        failUnlessRecoverable(e.end());
        waitNanos = waitAfter(e.end());
        noStreamYet(e.end());
      }
    }
  }

  private void up(StreamLink opened) {
    link = opened;
    keeper.wantsChanged();
    opened.ask(orders.prompt().prompt().text());
    if (!trouble.isEmpty()) {
      trouble = "";
      notice("opened a new stream at the same position");
    }
  }

  private void down(String sentence, StreamLink lost) {
    link = null;
    lost.close();
    keeper.wantsChanged();
    notice(sentence);
  }

  /** Waits until the next attempt is due, or the settings change. */
  private void awaitAttempt() throws InterruptedException {
    long deadline = clock.nanos() + waitNanos;
    while (!over && clock.nanos() < deadline) {
      Signal signal = signals.poll(deadline - clock.nanos(), TimeUnit.NANOSECONDS);
      if (signal instanceof Signal.Changed) {
        return;
      }
    }
  }

  /** Waits for the answer about the last pictures. */
  private void awaitLastAnswer() throws InterruptedException {
    Deadline deadline = Deadline.after(results.finalAnswerTimeout());
    while (!deadline.hasPassed() && !results.hasAnsweredLast()) {
      if (signals.poll(100, TimeUnit.MILLISECONDS) instanceof Signal.Lost) {
        return;
      }
    }
  }

  private StreamLink open(LaneSettings asked) throws StreamRefusedException, InterruptedException {
    return StreamLink.open(
        asked.to().backend(),
        asked.prompt().question(),
        asked.sampling(),
        schedule.apply(asked.sampling()),
        new LinkListener());
  }

  /** Time to wait after a refusal or a loss, in nanoseconds. */
  private long waitAfter(StreamEnd end) {
    return end.restartable() ? RetryWait.longer(waitNanos) : PERSON_WAIT_NANOS;
  }

  /** Fails the run if no other stream can be opened and there is no fallback. */
  private void failUnlessRecoverable(StreamEnd end) {
    boolean possible =
        switch (end.cure()) {
          case NEW_STREAM -> true;
          case OTHER_REQUEST -> false;
          case NONE -> orders.others().isPresent() || othersGoOn.getAsBoolean();
        };
    if (!possible) {
      throw new Failed(new Ending(Status.FAILED, end.detail()));
    }
  }

  /** Reports the same reason only once. */
  private void noStreamYet(StreamEnd end) {
    if (!trouble.equals(end.detail())) {
      trouble = end.detail();
      notice("no stream so far: " + trouble);
    }
  }

  private void notice(String sentence) {
    results.notice(prefix + sentence);
  }

  private void closeAll() {
    StreamLink last = link;
    link = null;
    if (last != null) {
      last.close();
    }
    discardPrepared();
  }

  private static Refusal refusal(StreamEnd end) {
    if (end.cure() == StreamEnd.Cure.OTHER_REQUEST) {
      return Refusal.of(Code.INVALID_FIELD, end.detail());
    }
    boolean late = end.code().equals("timed_out");
    return Refusal.of(late ? Code.BACKEND_TIMED_OUT : Code.BACKEND_FAILED, end.detail());
  }

  /** Reports that the run cannot continue. */
  private static final class Failed extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Ending how;

    Failed(Ending how) {
      super(how.reason());
      this.how = how;
    }
  }

  private final class LinkListener implements StreamLink.Listener {
    @Override
    public void answered(StreamLink from, StreamAnswer answer) {
      try {
        results.add(answer, from.pixels());
      } catch (RuntimeException e) {
        LOG.error("{}: failed to store results", thread.getName(), e);
        Thread.ofVirtual().start(() -> keeper.failed(Run.RESULTS_NOT_STORED));
      }
    }

    @Override
    public void noticed(String sentence) {
      notice(sentence);
    }

    @Override
    public void dropped(long pictures) {
      drops.add(pictures);
    }

    @Override
    public void lost(StreamLink from, StreamEnd end) {
      signals.add(new Signal.Lost(from, end));
    }
  }
}
