package framewise.engine.pipeline;

import framewise.engine.WallClock;
import framewise.engine.result.Event;
import framewise.vision.Answer;
import framewise.vision.AnswerException;
import framewise.vision.ClipBackend;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One clip's question to the back end. Owns the clip and closes it once the back end is done. */
final class Ask implements Runnable {
  /** A back end that says nothing for so long has failed. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Logger LOG = LoggerFactory.getLogger(Ask.class);

  private final TimedClip clip;
  private final StreamSettings settings;
  private final ClipBackend backend;
  private final WallClock clock;
  private final Runnable whenDone;
  private final long takenNanos;
  private final Event.ClipInfo about;

  private final CompletableFuture<Event.Result> result = new CompletableFuture<>();
  private @Nullable Thread running;
  private boolean abandoned;

  Ask(
      TimedClip clip,
      StreamSettings settings,
      ClipBackend backend,
      WallClock clock,
      Runnable whenDone) {
    this.clip = clip;
    this.settings = settings;
    this.backend = backend;
    this.clock = clock;
    this.whenDone = whenDone;
    this.takenNanos = clock.nanos();
    this.about =
        new Event.ClipInfo(
            clip.clip().index(),
            clip.clip().start(),
            clip.clip().end(),
            clip.clip().frames().size());
  }

  @Override
  public void run() {
    try (clip) {
      if (begin()) {
        result.complete(ask());
      }
    } catch (InterruptedException stopped) {
      result.cancel(false);
    } finally {
      synchronized (this) {
        running = null;
        Thread.interrupted(); // an interrupt was meant for this question, not for the thread's next
      }
      whenDone.run();
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

  /** Waits for the result; a back end that takes longer than {@link #PATIENCE} has failed. */
  Event.Result await() throws InterruptedException {
    try {
      return result.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException slow) {
      abandon();
      return failed("timeout", "No answer within %d s.".formatted(PATIENCE.toSeconds()));
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private synchronized boolean begin() {
    running = Thread.currentThread();
    return !abandoned;
  }

  private Event.Result ask() throws InterruptedException {
    try {
      Answer answer = backend.ask(clip.clip(), settings.question());
      return result(
          new Event.Outcome.Answered(answer.text(), answer.finishReason().wireName()),
          answer.model(),
          answer.timings());
    } catch (AnswerException e) {
      return failed(e.code(), e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("back end {} broke", backend.name(), e);
      return failed("internal", "The back end broke; the service's log tells how.");
    }
  }

  private Event.Result failed(String code, @Nullable String message) {
    String model =
        settings.model().orElseGet(() -> backend.models().stream().findFirst().orElse(""));
    String text = message == null ? code : message;
    return result(new Event.Outcome.Failed(code, text), model, Map.of());
  }

  private Event.Result result(Event.Outcome outcome, String model, Map<String, Duration> stages) {
    long now = clock.nanos();
    Map<String, Duration> timings = new HashMap<>(stages);
    timings.put("decode", clip.decode());
    timings.put("queue", Duration.ofNanos(takenNanos - clip.shownNanos()));
    return new Event.Result(
        settings.prompt().text(),
        backend.name(),
        model,
        outcome,
        about,
        Duration.ofNanos(now - takenNanos),
        Duration.ofNanos(now - clip.shownNanos()),
        timings);
  }
}
