package framewise.engine.pipeline;

import framewise.engine.backend.RequestPermit;
import framewise.engine.money.Attempt;
import framewise.engine.result.Event;
import framewise.engine.result.Partial;
import framewise.engine.settings.PromptSettings;
import framewise.engine.source.TimedClip;
import framewise.time.Stopwatch;
import framewise.time.WallClock;
import framewise.vision.Answer;
import framewise.vision.AnswerException;
import framewise.vision.AskListener;
import framewise.vision.ClipBackend;
import framewise.vision.FailureKind;
import framewise.vision.Question;
import framewise.vision.SentRequest;
import framewise.vision.Usage;
import framewise.vision.tool.CalledTools;
import framewise.vision.tool.ToolCall;
import framewise.vision.tool.ToolUse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One prompt about one clip: sends it to a back end, and retries once where that may help. Owns its
 * share of the clip and closes it as soon as no back end reads it.
 */
final class Ask implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Ask.class);

  /** Decides whether a clip is still worth a retry, and at which back end. */
  interface SecondTry {
    Optional<RequestPermit> permit(ClipBackend failed, AnswerException why)
        throws InterruptedException;
  }

  private final TimedClip clip;
  private final PromptSettings prompt;
  private final Optional<ToolUse> tools;
  private final boolean everyPicture;
  private final String wanted;
  private final SecondTry secondTry;
  private final RunListener listener;
  private final WallClock clock;
  private final long takenNanos;
  private final String id = UUID.randomUUID().toString();
  private final Event.ClipInfo about;
  private final CompletableFuture<Event.Result> result = new CompletableFuture<>();
  private final Attempts attempts;
  private final List<RequestPermit> permits = new CopyOnWriteArrayList<>();

  /** Result, published after the clip is released. Used by the thread that asks. */
  private Optional<Event.Result> outcome = Optional.empty();

  private volatile RequestPermit permit;

  /** Time since the current back end got the request, by the system's clock. */
  private final Stopwatch turn = Stopwatch.start();

  private volatile Optional<SentRequest> sent = Optional.empty();
  private volatile Listener heard = new Listener();
  private volatile Optional<CalledTools> called = Optional.empty();
  private volatile OptionalInt refusedWith = OptionalInt.empty();
  private @Nullable Thread running;
  private boolean abandoned;
  private volatile boolean second;

  /**
   * @param tools that the model may call
   * @param everyPicture whether the back end must get all pictures, not a selection
   * @param wanted the back end that the prompt's model belongs to
   */
  Ask(
      TimedClip clip,
      PromptSettings prompt,
      Optional<ToolUse> tools,
      boolean everyPicture,
      RequestPermit permit,
      String wanted,
      SecondTry secondTry,
      RunListener listener,
      WallClock clock) {
    this.clip = clip;
    this.prompt = prompt;
    this.tools = tools;
    this.everyPicture = everyPicture;
    this.permit = permit;
    permits.add(permit);
    this.attempts = new Attempts(clip.clip(), prompt, tools);
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

  /** What was sent to a service; empty where nothing left this process. */
  Optional<SentRequest> sent() {
    return sent;
  }

  /** The calls of tools in place of an answer. */
  Optional<CalledTools> calledTools() {
    return called;
  }

  /** The HTTP status of the service's refusal; empty where it did not refuse. */
  OptionalInt refusedWith() {
    return refusedWith;
  }

  /** The requests so far, for accounting. */
  List<Attempt> attempts() {
    return attempts.list();
  }

  /** Starts this request on the back end's threads. */
  void begin() {
    permit.execute(this);
  }

  @Override
  public void run() {
    Optional<RequestPermit> next = Optional.empty();
    try {
      if (enter()) {
        next = ask();
      } else {
        permit.unused();
      }
    } catch (InterruptedException stopped) {
      permit.unused();
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
      turn.restart();
      permit = next.get();
      permits.add(permit);
      permit.execute(this);
    }
  }

  /** Discards the answer, which is no longer needed. */
  synchronized void abandon() {
    abandoned = true;
    result.cancel(false);
    booked();
    if (running != null) {
      running.interrupt();
    }
  }

  /** Releases the money reserved for it, because its cost is booked or won't be. */
  void booked() {
    permits.forEach(RequestPermit::booked);
  }

  /** Waits for the result; a back end that exceeds its {@code patience} counts as failed. */
  Event.Result await() throws InterruptedException {
    try {
      while (true) {
        RequestPermit asked = permit;
        Duration patience = asked.backend().answerTimeout();
        long left = patience.toNanos() - turn.nanos();
        try {
          return result.get(Math.max(0, left), TimeUnit.NANOSECONDS);
        } catch (TimeoutException slow) {
          if (asked.equals(permit)) {
            return late(asked, patience);
          }
        }
      }
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private Event.Result late(RequestPermit asked, Duration patience) {
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
    Thread.interrupted(); // clears an interrupt that was meant for this question
  }

  /** Sends the request and returns the permit for a retry; empty when it is done. */
  private Optional<RequestPermit> ask() throws InterruptedException {
    ClipBackend backend = permit.backend();
    PromptSettings fitting = backend.name().equals(wanted) ? prompt : prompt.toAnother();
    long start = clock.nanos();
    heard = new Listener();
    try {
      Question question = fitting.question().withTools(tools).withEveryPicture(everyPicture);
      Answer answer = backend.ask(clip.clip(), question, heard);
      permit.answered(Duration.ofNanos(clock.nanos() - start));
      attempts.answered(permit, answer);
      called =
          Optional.of(answer.calls())
              .filter(calls -> !calls.isEmpty())
              .map(calls -> new CalledTools(answer.text(), calls));
      outcome =
          Optional.of(
              result(
                  new Event.Outcome.Answered(
                      called.map(CalledTools::shown).orElse(answer.text()),
                      answer.finishReason().wireName(),
                      answer.seen()),
                  answer.model(),
                  answer.timings(),
                  answer.usage()));
      return Optional.empty();
    } catch (AnswerException e) {
      return failed(backend, e);
    } catch (RuntimeException | Error e) {
      // Catches every error, because the permit must always be returned.
      LOG.error("back end {} failed with an internal error", backend.name(), e);
      return failed(
          backend,
          new AnswerException(
              FailureKind.INTERNAL,
              "Internal error in the back end. The service's log has the details.",
              e));
    }
  }

  private Optional<RequestPermit> failed(ClipBackend backend, AnswerException why)
      throws InterruptedException {
    permit.failed(why);
    attempts.failed(permit, why);
    Optional<RequestPermit> next =
        second || isAbandoned() ? Optional.empty() : secondTry.permit(backend, why);
    if (next.isEmpty()) {
      outcome = Optional.of(failed(why));
    }
    return next;
  }

  private synchronized boolean isAbandoned() {
    return abandoned;
  }

  private Event.Result failed(AnswerException why) {
    refusedWith = why.httpStatus();
    String model = prompt.modelOf(permit.backend()).orElse("");
    String text = why.getMessage() == null ? why.code() : why.getMessage();
    return result(
        new Event.Outcome.Failed(why.code(), text, why.raw()), model, Map.of(), why.usage());
  }

  private Event.Result result(
      Event.Outcome outcome, String model, Map<String, Duration> stages, Optional<Usage> usage) {
    long now = clock.nanos();
    Map<String, Duration> timings = new HashMap<>(stages);
    clip.receive().ifPresent(receive -> timings.put("receive", receive));
    timings.put("decode", clip.decode());
    heard.firstWords().ifPresent(first -> timings.put("first_token", first));
    timings.put("queue", Duration.ofNanos(takenNanos - clip.shownNanos()));
    return new Event.Result(
        id,
        prompt.name(),
        prompt.prompt().text(),
        permit.backend().name(),
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
    private volatile long sentNanos;
    private volatile long firstNanos;

    /** Time from the request to the first text of a streamed answer; empty for others. */
    Optional<Duration> firstWords() {
      return sentNanos == 0 || firstNanos == 0
          ? Optional.empty()
          : Optional.of(Duration.ofNanos(firstNanos - sentNanos));
    }

    @Override
    public void sending(SentRequest request) {
      sentNanos = clock.nanos();
      sent = Optional.of(request);
      attempts.sending(permit);
    }

    @Override
    public boolean wantsPartial() {
      return listener.wantsPartial();
    }

    @Override
    public void partial(String text) {
      if (firstNanos == 0) {
        firstNanos = clock.nanos();
      }
      listener.partial(new Partial(id, prompt.name(), about, text));
    }

    @Override
    public void calling(List<ToolCall> calls) {
      listener.calling(calls);
    }
  }
}
