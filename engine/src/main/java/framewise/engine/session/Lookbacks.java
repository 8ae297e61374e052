package framewise.engine.session;

import framewise.engine.Refusal;
import framewise.engine.Refusal.Code;
import framewise.engine.RefusedException;
import framewise.engine.SessionId;
import framewise.engine.SlotPool;
import framewise.engine.keep.Extent;
import framewise.engine.keep.Footage;
import framewise.engine.lookback.Lookback;
import framewise.engine.lookback.LookbackStore;
import framewise.engine.lookback.Span;
import framewise.engine.lookback.SpanRequest;
import framewise.engine.pipeline.Plan;
import framewise.engine.result.Event;
import framewise.engine.settings.Pace;
import framewise.engine.settings.StreamSettings;
import framewise.media.MediaTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Questions about spans of the past, answered concurrently with the sessions' own runs: at most one
 * look-back for each session, and one request at a time to each back end. Safe for any number of
 * threads.
 */
public final class Lookbacks implements AutoCloseable {
  /** Maximum number of concurrent look-backs of all sessions. */
  public static final int MAX_COUNT = 4;

  /** Maximum number of clips of a look-back. */
  public static final int MAX_CLIPS = 3_600;

  /** Maximum number of look-backs in a list. */
  private static final int MAX_LISTED = 200;

  private static final Logger LOG = LoggerFactory.getLogger(Lookbacks.class);

  private final SessionContext context;
  private final LookbackStore store;
  private final SlotPool places = new SlotPool(MAX_COUNT);
  private final Map<SessionId, LookbackRun> running = new ConcurrentHashMap<>();

  Lookbacks(SessionContext context) {
    this.context = context;
    this.store = new LookbackStore(context.database());
  }

  /**
   * Starts a look-back.
   *
   * @param holder who starts it; a holder may use at most half of the places
   * @param asked settings; back ends that take whole streams are refused, and pace and loop have no
   *     effect
   * @throws RefusedException when no pictures of the span are available, it has too many clips, one
   *     of this session or too many of others are under way, or no back end can answer
   */
  public Lookback start(Session session, StreamSettings asked, SpanRequest wanted, String holder) {
    session.requireReadable();
    context.database().space().requireRoom();
    Footage footage = session.footage();
    Optional<Instant> began =
        session.file().isPresent() ? Optional.empty() : footage.extent().begin();
    Span span = available(session, footage, wanted);
    requireNotTooLong(span, asked);
    Plan plan = plan(session, asked);
    SlotPool.Slot place = places.take(holder).orElseThrow(() -> tooMany(holder));
    var made = new LookbackRun(context, session, run -> finished(run, place));
    if (running.putIfAbsent(session.id(), made) != null) {
      place.close();
      throw Refusal.of(
              Code.LOOKBACK_RUNNING,
              "A look-back of this session is already running. Wait for it, or cancel it.")
          .asException();
    }
    boolean begun = false;
    try {
      Lookback first =
          new Lookback(
              session.log().startBeside(),
              Lookback.LookbackStatus.RUNNING,
              span,
              began,
              plan.settings(),
              span.clips(plan.settings().sampling()),
              0,
              0,
              0,
              Optional.empty(),
              context.clock().now());
      made.begin(first, plan, footage);
      begun = true;
      return made.now();
    } finally {
      if (!begun) {
        session.log().endBeside();
        running.remove(session.id(), made);
        place.close();
      }
    }
  }

  /** Starts a look-back in a service without accounts. */
  public Lookback start(Session session, StreamSettings asked, SpanRequest wanted) {
    return start(session, asked, wanted, SlotPool.ALONE);
  }

  /** The look-backs of a session, newest first. */
  public List<Lookback> of(Session session) {
    return store.of(session.id(), MAX_LISTED).stream()
        .map(stored -> current(session.id(), stored))
        .toList();
  }

  /**
   * The look-back with this number.
   *
   * @throws RefusedException when there is none
   */
  public Lookback get(Session session, int run) {
    return store
        .find(session.id(), run)
        .map(stored -> current(session.id(), stored))
        .orElseThrow(
            () ->
                Refusal.of(
                        Code.LOOKBACK_NOT_FOUND,
                        "Run %d of this session is not a look-back.".formatted(run))
                    .asException());
  }

  /**
   * Cancels a look-back; its answers so far stay. Does nothing when it is over.
   *
   * @throws RefusedException when there is none with this number
   */
  public Lookback cancel(Session session, int run) {
    if (get(session, run).isRunning()) {
      LookbackRun current = running.get(session.id());
      if (current != null && current.is(run)) {
        current.stop(Lookback.LookbackStatus.CANCELLED, "You cancelled this.");
      }
    }
    return get(session, run);
  }

  /** Ends all running look-backs; their answers so far stay. */
  @Override
  public void close() {
    new ArrayList<>(running.values())
        .forEach(one -> one.stop(Lookback.LookbackStatus.INTERRUPTED, "The service was stopped."));
  }

  /** Ends the look-back of a session that is being deleted. */
  void cancelAll(Session session) {
    LookbackRun current = running.get(session.id());
    if (current != null) {
      current.stop(Lookback.LookbackStatus.CANCELLED, "The session was deleted.");
    }
  }

  /** Marks look-backs that were running when the process was killed as interrupted. */
  void markInterrupted(Function<SessionId, Optional<Session>> sessions) {
    for (LookbackStore.SessionLookback stored : store.running()) {
      sessions.apply(stored.session()).ifPresent(session -> markInterrupted(session, stored));
    }
  }

  /** Marks look-backs of a session that were running when its node ended as interrupted. */
  void markInterrupted(Session session) {
    store.running().stream()
        .filter(stored -> stored.session().equals(session.id()))
        .forEach(stored -> markInterrupted(session, stored));
  }

  private static void markInterrupted(Session session, LookbackStore.SessionLookback stored) {
    Lookback over =
        stored
            .lookback()
            .with(
                Lookback.LookbackStatus.INTERRUPTED,
                Optional.of("The service stopped before the look-back finished."));
    try {
      long _ =
          session
              .log()
              .appendBeside(
                  over.run(),
                  new Event.LookbackChanged(LookbackRun.json(over)),
                  handle -> LookbackStore.write(handle, stored.session(), over));
    } catch (RefusedException e) {
      LOG.warn("failed to store the end of a look-back: {}", e.getMessage());
    }
  }

  private void finished(LookbackRun run, SlotPool.Slot place) {
    if (running.remove(run.session().id(), run)) {
      run.session().log().endBeside();
      place.close();
    }
  }

  private RefusedException tooMany(String holder) {
    return Refusal.of(
            Code.TOO_MANY_QUESTIONS,
            places.isUsedUp(holder)
                ? ("%d of your look-backs are running, which is the limit of one account or"
                        + " key. Try again when one has finished.")
                    .formatted(places.maxPerHolder(holder))
                : "%d look-backs are running, which is the limit. Try again when one has finished."
                    .formatted(MAX_COUNT))
        .asException();
  }

  private Lookback current(SessionId session, Lookback stored) {
    LookbackRun run = running.get(session);
    return run != null && run.is(stored.run()) ? run.now() : stored;
  }

  private Plan plan(Session session, StreamSettings asked) {
    StreamSettings usual = session.view().settings().orElse(StreamSettings.NO_QUESTION);
    StreamSettings fast =
        asked.withPace(Pace.FAST).withLoop(false).withBudget(asked.budget().or(usual::budget));
    return session.planBeside(fast);
  }

  private static void requireNotTooLong(Span span, StreamSettings asked) {
    long clips = span.clips(asked.sampling());
    if (clips > MAX_CLIPS) {
      throw Refusal.field(
              "end_seconds",
              ("end_seconds makes a span of %.0f s with %d clips, but at most %d are"
                      + " allowed: choose a shorter span, or raise delay_seconds to %.1f")
                  .formatted(
                      span.seconds(),
                      clips,
                      MAX_CLIPS,
                      Math.ceil(10 * span.seconds() / MAX_CLIPS) / 10))
          .asException();
    }
  }

  /** The part of the wanted span that has pictures. */
  private static Span available(Session session, Footage footage, SpanRequest wanted) {
    Extent extent = footage.extent();
    if (extent.oldest().isEmpty()) {
      throw nothing(
          session.file().isPresent()
              ? "This session's video was deleted from the data folder."
              : "There are no stored pictures of this session.");
    }
    Span span = wanted.on(extent.begin().orElseThrow());
    MediaTime first = extent.oldest().orElseThrow().time();
    MediaTime last = extent.length();
    MediaTime start = span.start().isBefore(first) ? first : span.start();
    MediaTime after = last.plus(new MediaTime(1));
    if (session.file().isPresent()) {
      after = session.view().video().flatMap(info -> info.duration()).orElse(after);
    }
    MediaTime end = after.isBefore(span.end()) ? after : span.end();
    if (!start.isBefore(end) || footage.window(start, end, 1_000, 1).found() == 0) {
      throw nothing(
          "No pictures are available from %s to %s s. There are pictures from %s to %s s."
              .formatted(shown(span.start()), shown(span.end()), shown(first), shown(last)));
    }
    return new Span(start, end);
  }

  private static String shown(MediaTime time) {
    return "%.1f".formatted(time.seconds());
  }

  private static RefusedException nothing(String sentence) {
    return Refusal.of(Code.NO_PICTURE, sentence).asException();
  }
}
