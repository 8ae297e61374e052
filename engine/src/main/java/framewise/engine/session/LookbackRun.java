package framewise.engine.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.RefusedException;
import framewise.engine.Status;
import framewise.engine.keep.Footage;
import framewise.engine.lookback.Lookback;
import framewise.engine.lookback.LookbackJson;
import framewise.engine.lookback.LookbackStore;
import framewise.engine.lookback.PastPictures;
import framewise.engine.money.Attempt;
import framewise.engine.money.Charge;
import framewise.engine.money.SpendingTotal;
import framewise.engine.pipeline.Plan;
import framewise.engine.pipeline.ResumePosition;
import framewise.engine.pipeline.Run;
import framewise.engine.pipeline.RunListener;
import framewise.engine.result.Event;
import framewise.engine.result.Partial;
import framewise.engine.source.Ending;
import framewise.media.VideoInfo;
import framewise.vision.SentRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running look-back. Writes its answers to the session's log, in a run of their own. */
final class LookbackRun implements RunListener {
  private static final Logger LOG = LoggerFactory.getLogger(LookbackRun.class);

  private final SessionContext context;
  private final Session session;
  private final Consumer<LookbackRun> whenOver;
  private final AtomicReference<@Nullable Lookback> now = new AtomicReference<>();
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicReference<@Nullable Run> run = new AtomicReference<>();

  /**
   * @param whenOver called once it is over and its end is stored
   */
  LookbackRun(SessionContext context, Session session, Consumer<LookbackRun> whenOver) {
    this.context = context;
    this.session = session;
    this.whenOver = whenOver;
  }

  Session session() {
    return session;
  }

  /** Its present state; before {@link #begin}, an empty one. */
  Lookback now() {
    Lookback current = now.get();
    if (current == null) {
      throw new IllegalStateException("not begun");
    }
    return current;
  }

  /** Whether it has this run number. */
  boolean is(int number) {
    Lookback current = now.get();
    return current != null && current.run() == number;
  }

  /**
   * Starts the look-back, and stores its start.
   *
   * @throws RefusedException when the session was deleted in the meantime, or its video cannot be
   *     opened
   */
  void begin(Lookback first, Plan plan, Footage footage) {
    now.set(first);
    var pictures =
        new PastPictures(session.file(), footage, first.span()::schedule, false, context.clock());
    var made =
        new Run(
            session.id() + "-lookback",
            pictures,
            plan,
            ResumePosition.START,
            context.clock(),
            this);
    run.set(made);
    boolean stored = false;
    try {
      stored = store(first) > 0;
    } finally {
      if (!stored) {
        made.stop();
      }
    }
    if (!stored) {
      throw Sessions.unknown(session.id()).asException();
    }
    made.start();
  }

  /** Ends the look-back now. */
  void stop(Lookback.LookbackStatus how, String why) {
    Run current = run.get();
    if (current != null) {
      current.stop();
      conclude(how, why);
    }
  }

  @Override
  public void began(VideoInfo video) {}

  @Override
  public long result(Event.Result result, Optional<SentRequest> sent, List<Attempt> attempts) {
    Lookback about = now();
    List<Charge> charges =
        attempts.stream()
            .map(
                attempt ->
                    context.spending().charge(attempt, about.settings().budget().isPresent()))
            .toList();
    Event.Result priced = result.withCost(charges.getLast().cost());
    Event.Result timed =
        about
            .began()
            .map(
                began ->
                    priced.about(
                        priced.clip().startingAt(began.plus(priced.clip().start().toDuration()))))
            .orElse(priced);
    Lookback next = change(before -> before.plusResult(result.ok()));
    try {
      long seq =
          session.recordBeside(
              about.run(),
              timed,
              charges.stream()
                  .map(Charge::spent)
                  .reduce(SpendingTotal.NOTHING, SpendingTotal::plus),
              handle -> {
                charges.forEach(charge -> context.spending().add(handle, charge));
                LookbackStore.write(handle, session.id(), next);
              });
      if (seq > 0) {
        sent.ifPresent(request -> context.evidence().keep(session.id(), seq, request));
      }
      return seq;
    } catch (RefusedException e) {
      Thread.ofVirtual()
          .name("lookback-failed")
          .start(() -> stop(Lookback.LookbackStatus.FAILED, e.refusal().detail()));
      return 0;
    }
  }

  @Override
  public boolean wantsPartial() {
    return session.partials().wanted();
  }

  @Override
  public void partial(Partial partial) {
    session.partials().publish(partial);
  }

  @Override
  public void dropped(long clips, Optional<Event.StatusChanged> report) {}

  @Override
  public void unchanged(long clips, Event.Unchanged report) {
    Lookback next = change(before -> before.plusUnchanged(clips));
    append(next, report);
  }

  @Override
  public void noticed(String sentence) {
    Lookback _ = change(before -> before.with(before.status(), Optional.of(sentence)));
  }

  @Override
  public void ended(Ending ending) {
    boolean failed = ending.status() == Status.FAILED;
    conclude(
        failed ? Lookback.LookbackStatus.FAILED : Lookback.LookbackStatus.FINISHED,
        ending.reason());
  }

  static ObjectNode json(Lookback lookback) {
    return LookbackJson.write(lookback);
  }

  private void conclude(Lookback.LookbackStatus how, String why) {
    if (!over.compareAndSet(false, true)) {
      return;
    }
    Optional<String> detail =
        how == Lookback.LookbackStatus.FINISHED ? Optional.empty() : Optional.of(why);
    Lookback last = change(current -> current.with(how, detail));
    try {
      long _ = store(last);
    } finally {
      whenOver.accept(this);
    }
  }

  private long store(Lookback lookback) {
    return append(lookback, new Event.LookbackChanged(json(lookback)));
  }

  private long append(Lookback lookback, Event event) {
    try {
      return session
          .log()
          .appendBeside(
              lookback.run(), event, handle -> LookbackStore.write(handle, session.id(), lookback));
    } catch (RefusedException e) {
      if (!e.refusal().isStorage() || lookback.isRunning()) {
        throw e;
      }
      LOG.warn(
          "session {}: failed to store the end of a look-back: {}", session.id(), e.getMessage());
      return 0;
    }
  }

  private Lookback change(UnaryOperator<Lookback> change) {
    Lookback changed = now.updateAndGet(before -> before == null ? null : change.apply(before));
    if (changed == null) {
      throw new IllegalStateException("not begun");
    }
    return changed;
  }
}
