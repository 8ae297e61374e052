package framewise.engine.watch.words;

import framewise.engine.RefusedException;
import framewise.engine.SessionId;
import framewise.engine.SlotPool;
import framewise.engine.keep.Footage;
import framewise.engine.keep.KeptFrame;
import framewise.engine.pipeline.Inquiry;
import framewise.engine.session.Inquiries;
import framewise.engine.session.Session;
import framewise.engine.session.Sessions;
import framewise.engine.source.Pictures;
import framewise.engine.watch.Condition;
import framewise.engine.watch.Watch;
import framewise.media.picture.EncodedPicture;
import framewise.media.picture.FrameSize;
import framewise.time.WallClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the questions of watches in words, always about the newest picture of each running session,
 * and one at a time for each watch and session. The answers are results in the session's log, where
 * the watch tests them. Safe for any number of threads.
 */
public final class WordsAsker implements AutoCloseable {
  /**
   * Maximum number of questions in flight; one owner may use at most half of them. Owners take
   * turns. A question that can't be asked before the next is due is skipped and counted.
   */
  private static final int MAX_CONCURRENT = 16;

  private static final Duration TICK = Duration.ofMillis(200);
  private static final Duration AFTER_REFUSAL = Duration.ofSeconds(10);
  private static final FrameSize SIZE = new FrameSize(1_280);
  private static final int QUALITY = 80;
  private static final long TIMEOUT_MS = 5_000;
  private static final Logger LOG = LoggerFactory.getLogger(WordsAsker.class);

  private record Pair(String watch, SessionId session) {}

  /** When to ask next, and which picture the last question was about. */
  private static final class AskSchedule {
    private final Condition condition;
    private volatile long due;
    private volatile boolean busy;
    private volatile Instant seen = Instant.MIN;

    /** Time at which a due question counts as skipped, in nanoseconds of the steady clock. */
    private volatile long missed = Long.MAX_VALUE;

    AskSchedule(Condition condition) {
      this.condition = condition;
    }
  }

  /** A question that is due. */
  private record DueQuestion(Watch watch, Session session, AskSchedule turn) {}

  private record LatestPicture(EncodedPicture picture, Instant at) {}

  private final Sessions sessions;
  private final WallClock clock;
  private final Map<Pair, AskSchedule> turns = new ConcurrentHashMap<>();
  private final LongAdder skipped = new LongAdder();
  private final SlotPool places = new SlotPool(MAX_CONCURRENT);

  /** Order in which owners were last served, by owner. Used by the ticker. */
  private final Map<String, Long> served = new HashMap<>();

  private final ThreadPoolExecutor askers =
      new ThreadPoolExecutor(
          MAX_CONCURRENT,
          MAX_CONCURRENT,
          30,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(), // never longer than the number of slots
          Thread.ofPlatform().daemon().name("watch-words-", 0).factory());
  private final Thread ticker;

  public WordsAsker(Sessions sessions, WallClock clock) {
    this.sessions = sessions;
    this.clock = clock;
    askers.allowCoreThreadTimeOut(true);
    this.ticker = Thread.ofPlatform().daemon().name("watch-words").unstarted(this::run);
  }

  /** Starts asking. */
  public void start() {
    ticker.start();
  }

  /** Number of questions skipped because too many were in flight. */
  public long skipped() {
    return skipped.sum();
  }

  /** Stops asking, and abandons questions in flight. */
  @Override
  public void close() {
    ticker.interrupt();
    askers.shutdownNow();
    try {
      ticker.join(TIMEOUT_MS);
      boolean _ = askers.awaitTermination(TIMEOUT_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        try {
          tick();
        } catch (RuntimeException e) {
          LOG.error("watches in words failed; trying again", e);
        }
        WallClock.system().sleep(TICK);
      }
    } catch (InterruptedException stopped) {
      LOG.debug("watches in words stopped");
    }
  }

  private void tick() {
    List<Watch> watches =
        sessions.watches().all().stream()
            .filter(watch -> watch.when() instanceof Condition.Words)
            .filter(watch -> asksNow(watch))
            .toList();
    if (watches.isEmpty()) {
      turns.clear();
      return;
    }
    Set<Pair> present = new HashSet<>();
    Map<String, List<DueQuestion>> byOwner = new HashMap<>();
    for (Session session : sessions.running()) {
      for (Watch watch : watches) {
        if (watch.covers(session.id())) {
          var pair = new Pair(watch.id(), session.id());
          present.add(pair);
          AskSchedule turn = turns.compute(pair, (one, before) -> turnOf(watch, before));
          if (isDue(watch, session, turn)) {
            byOwner
                .computeIfAbsent(watch.owner(), owner -> new ArrayList<>())
                .add(new DueQuestion(watch, session, turn));
          }
        }
      }
    }
    turns.keySet().retainAll(present);
    served.keySet().retainAll(watches.stream().map(Watch::owner).toList());
    serve(byOwner);
  }

  /**
   * Starts as many due questions as there are free slots: owners in turn, and for each owner the
   * longest overdue first.
   */
  private void serve(Map<String, List<DueQuestion>> byOwner) {
    byOwner
        .values()
        .forEach(looks -> looks.sort(Comparator.comparingLong(look -> look.turn().due)));
    List<String> owners = new ArrayList<>(byOwner.keySet());
    owners.sort(Comparator.comparingLong(owner -> served.getOrDefault(owner, Long.MIN_VALUE)));
    var waiting = new ArrayDeque<String>(owners);
    while (!waiting.isEmpty()) {
      String owner = waiting.remove();
      List<DueQuestion> looks = byOwner.getOrDefault(owner, List.of());
      if (begin(looks.getFirst())) {
        served.put(owner, clock.nanos());
        looks.removeFirst();
        if (!looks.isEmpty()) {
          waiting.add(owner);
        }
      } else {
        looks.forEach(this::miss);
      }
    }
  }

  /** Counts a question that could not be asked before the next one is due. */
  private void miss(DueQuestion look) {
    long now = clock.nanos();
    long every = ((Condition.Words) look.watch().when()).every().toNanos();
    if (look.turn().missed == Long.MAX_VALUE) {
      look.turn().missed = now + every;
    } else if (now >= look.turn().missed) {
      skipped.increment();
      look.turn().missed = now + every;
    }
  }

  /**
   * The turn of a watch. A changed condition is asked about at once, rather than at the time that
   * the last answer chose.
   */
  private static AskSchedule turnOf(Watch watch, @Nullable AskSchedule before) {
    boolean stays = before != null && (before.busy || before.condition.equals(watch.when()));
    return stays && before != null ? before : new AskSchedule(watch.when());
  }

  /**
   * Whether a watch asks now. With an open incident it asks in quiet hours too, so that the
   * incident can end.
   */
  private boolean asksNow(Watch watch) {
    return switch (watch.state(clock.now())) {
      case ARMED -> true;
      case SNOOZED, QUIET, DONE -> watch.isOn(clock.now()) && sessions.watches().hasOpen(watch);
      case OFF -> false;
    };
  }

  private boolean isDue(Watch watch, Session session, AskSchedule turn) {
    if (turn.busy || clock.nanos() < turn.due) {
      return false;
    }
    if (!sessions.watches().mayLook(watch, session.id())) {
      turn.due = clock.nanos() + AFTER_REFUSAL.toNanos();
      return false;
    }
    return true;
  }

  /** Starts a question, if its owner has a free slot. */
  private boolean begin(DueQuestion look) {
    Optional<SlotPool.Slot> place = places.take(look.watch().owner());
    if (place.isEmpty()) {
      return false;
    }
    look.turn().busy = true;
    look.turn().missed = Long.MAX_VALUE;
    boolean begun = false;
    try {
      askers.execute(
          () -> {
            try (SlotPool.Slot _ = place.get()) {
              ask((Condition.Words) look.watch().when(), look.watch(), look.session(), look.turn());
            }
          });
      begun = true;
    } catch (RejectedExecutionException closing) {
      LOG.debug("watches in words stopped");
    } finally {
      if (!begun) {
        look.turn().busy = false;
        place.get().close();
      }
    }
    return begun;
  }

  private void ask(Condition.Words condition, Watch watch, Session session, AskSchedule turn) {
    long begun = clock.nanos();
    Duration wait = TICK;
    try {
      Optional<LatestPicture> newest = newest(session);
      if (newest.isPresent() && newest.get().at().isAfter(turn.seen)) {
        turn.seen = newest.get().at();
        Inquiries.InquiryResult answered =
            sessions
                .inquiries()
                .ask(
                    Optional.of(session),
                    new Inquiry(
                            WordsQuestion.of(condition, watch.resultName()),
                            List.of(newest.get().picture()),
                            false)
                        .by(watch.owner()),
                    Optional.empty());
        wait = WordsQuestion.next(condition, answered.result());
      }
    } catch (RefusedException e) {
      LOG.debug("watch {} can't ask about {}: {}", watch.id(), session.id(), e.getMessage());
      wait = AFTER_REFUSAL;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("watch {} failed on session {}", watch.id(), session.id(), e);
      wait = AFTER_REFUSAL;
    } finally {
      turn.due = begun + wait.toNanos();
      turn.busy = false;
    }
  }

  /** The newest kept picture of live video, or the present picture of a file. */
  private static Optional<LatestPicture> newest(Session session) throws InterruptedException {
    if (session.file().isEmpty()) {
      Footage footage = session.footage();
      Optional<KeptFrame> kept = footage.extent().newest();
      if (kept.isPresent()) {
        return footage.pictures(List.of(kept.get())).stream()
            .findFirst()
            .map(picture -> new LatestPicture(picture, kept.get().at()));
      }
    }
    try (Pictures.NumberedPicture seen = session.preview().newest()) {
      return Optional.of(new LatestPicture(seen.frame().jpeg(SIZE, QUALITY), seen.at()));
    } catch (RefusedException noneYet) {
      return Optional.empty();
    }
  }
}
