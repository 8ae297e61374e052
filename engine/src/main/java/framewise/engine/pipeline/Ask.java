package framewise.engine.pipeline;

import framewise.engine.WallClock;
import framewise.engine.backend.Turn;
import framewise.engine.money.Attempt;
import framewise.engine.result.Event;
import framewise.engine.result.Partial;
import framewise.engine.source.TimedClip;
import framewise.vision.Answer;
import framewise.vision.AnswerException;
import framewise.vision.AskListener;
import framewise.vision.ClipBackend;
import framewise.vision.FailureKind;
import framewise.vision.SentRequest;
import framewise.vision.Usage;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One prompt, asked of one clip: of the back end whose turn it is, and once more where that may
 * help. Owns its share of the clip and closes it once it is not looked at any more.
 */
final class Ask implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Ask.class);

  /** Who may be asked a second time, if the clip is still worth it. */
  interface SecondTry {
    Optional<Turn> turn(ClipBackend failed, AnswerException why) throws InterruptedException;
  }

  private final TimedClip clip;
  private final PromptSettings prompt;
  private final String wanted;
  private final SecondTry secondTry;
  private final RunListener listener;
  private final WallClock clock;
  private final long takenNanos;
  private final String id = UUID.randomUUID().toString();
  private final Event.ClipInfo about;
  private final CompletableFuture<Event.Result> result = new CompletableFuture<>();
  private final Attempts attempts;

  /** What came of it, which is told once the clip is free. Used by the thread that asks. */
  private Optional<Event.Result> outcome = Optional.empty();

  private volatile Turn turn;

  /** Since when it is this back end's turn, on the system's clock. */
  private volatile long turnNanos = System.nanoTime();

  private volatile Optional<SentRequest> sent = Optional.empty();
  private @Nullable Thread running;
  private boolean abandoned;
  private volatile boolean second;

  /**
   * @param wanted the back end whose models the prompt speaks of
   */
  Ask(
      TimedClip clip,
      PromptSettings prompt,
      Turn turn,
      String wanted,
      SecondTry secondTry,
      RunListener listener,
      WallClock clock) {
    this.clip = clip;
    this.prompt = prompt;
    this.turn = turn;
    this.attempts = new Attempts(clip.clip(), prompt);
    this.wanted = wanted;
    this.secondTry = secondTry;
    this.listener = listener;
    this.clock = clock;
    this.takenNanos = clock.nanos();
    this.about =
        new Event.ClipInfo(
            clip.clip().index(),
            clip.clip().start(),
            clip.clip().end(),
            clip.clip().frames().size());
  }

  /** What a service was sent; empty where nothing left this process. */
  Optional<SentRequest> sent() {
    return sent;
  }

  /** Who was asked until now, for the books. */
  List<Attempt> attempts() {
    return attempts.list();
  }

  /** Gives itself to the threads of the back end. */
  void begin() {
    turn.execute(this);
  }

  @Override
  public void run() {
    Optional<Turn> next = Optional.empty();
    try {
      if (enter()) {
        next = ask();
      } else {
        turn.unused();
      }
    } catch (InterruptedException stopped) {
      turn.unused();
      result.cancel(false);
    } finally {
      leave();
      if (next.isEmpty()) {
        clip.close();
        outcome.ifPresent(result::complete);
      }
    }
    if (next.isPresent()) {
      second = true;
      turnNanos = System.nanoTime();
      turn = next.get();
      turn.execute(this);
    }
  }

  /** Nobody waits for the answer any more. */
  synchronized void abandon() {
    abandoned = true;
    result.cancel(false);
    if (running != null) {
      running.interrupt();
    }
  }

  /** Waits for the result; a back end that takes longer than its {@code patience} has failed. */
  Event.Result await() throws InterruptedException {
    try {
      while (true) {
        Turn asked = turn;
        Duration patience = asked.backend().patience();
        long left = patience.toNanos() - (System.nanoTime() - turnNanos);
        try {
          return result.get(Math.max(0, left), TimeUnit.NANOSECONDS);
        } catch (TimeoutException slow) {
          if (asked.equals(turn)) {
            return late(asked, patience);
          }
        }
      }
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private Event.Result late(Turn asked, Duration patience) {
    var late =
        new AnswerException(
            FailureKind.TIMEOUT, "No answer within %d s.".formatted(patience.toSeconds()));
    asked.failed(late);
    attempts.failed(asked, late);
    abandon();
    return failed(late);
  }

  private synchronized boolean enter() {
    running = Thread.currentThread();
    return !abandoned;
  }

  private synchronized void leave() {
    running = null;
    Thread.interrupted(); // an interrupt was meant for this question, not for the thread's next
  }

  /** Asks, and tells who is to be asked next; empty when it is over. */
  private Optional<Turn> ask() throws InterruptedException {
    ClipBackend backend = turn.backend();
    PromptSettings fitting = backend.name().equals(wanted) ? prompt : prompt.toAnother();
    long start = clock.nanos();
    try {
      Answer answer = backend.ask(clip.clip(), fitting.question(), new Listener());
      turn.answered(Duration.ofNanos(clock.nanos() - start));
      attempts.answered(turn, answer);
      outcome =
          Optional.of(
              result(
                  new Event.Outcome.Answered(
                      answer.text(), answer.finishReason().wireName(), answer.seen()),
                  answer.model(),
                  answer.timings(),
                  answer.usage()));
      return Optional.empty();
    } catch (AnswerException e) {
      return failed(backend, e);
    } catch (RuntimeException | Error e) {
      // An error as well: whatever happens, the turn has to be given back.
      LOG.error("back end {} broke", backend.name(), e);
      return failed(
          backend,
          new AnswerException(
              FailureKind.INTERNAL, "The back end broke; the service's log tells how.", e));
    }
  }

  private Optional<Turn> failed(ClipBackend backend, AnswerException why)
      throws InterruptedException {
    turn.failed(why);
    attempts.failed(turn, why);
    Optional<Turn> next = second || isAbandoned() ? Optional.empty() : secondTry.turn(backend, why);
    if (next.isEmpty()) {
      outcome = Optional.of(failed(why));
    }
    return next;
  }

  private synchronized boolean isAbandoned() {
    return abandoned;
  }

  private Event.Result failed(AnswerException why) {
    String model = prompt.modelOf(turn.backend()).orElse("");
    String text = why.getMessage() == null ? why.code() : why.getMessage();
    return result(
        new Event.Outcome.Failed(why.code(), text, why.raw()), model, Map.of(), why.usage());
  }

  private Event.Result result(
      Event.Outcome outcome, String model, Map<String, Duration> stages, Optional<Usage> usage) {
    long now = clock.nanos();
    Map<String, Duration> timings = new HashMap<>(stages);
    timings.put("decode", clip.decode());
    timings.put("queue", Duration.ofNanos(takenNanos - clip.shownNanos()));
    return new Event.Result(
        id,
        prompt.name(),
        prompt.prompt().text(),
        turn.backend().name(),
        model,
        outcome,
        about,
        Duration.ofNanos(now - takenNanos),
        Duration.ofNanos(now - clip.shownNanos()),
        timings,
        usage,
        Optional.empty());
  }

  private final class Listener implements AskListener {
    @Override
    public void sending(SentRequest request) {
      sent = Optional.of(request);
      attempts.sending(turn);
    }

    @Override
    public boolean wantsPartial() {
      return listener.wantsPartial();
    }

    @Override
    public void partial(String text) {
      listener.partial(new Partial(id, prompt.name(), about, text));
    }
  }
}
