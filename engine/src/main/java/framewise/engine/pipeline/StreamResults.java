package framewise.engine.pipeline;

import framewise.engine.WallClock;
import framewise.engine.money.Attempt;
import framewise.engine.result.Event;
import framewise.engine.source.Ending;
import framewise.media.MediaTime;
import framewise.media.Sampling;
import framewise.vision.StreamAnswer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Turns the answers of a back end that takes the stream into results. The far end does not say
 * which pictures it looked at: an answer is about those that were on show when its latency began.
 */
final class StreamResults {
  /** So long the last answer is waited for, and longer where answers are slow. */
  private static final Duration LAST_ANSWER = Duration.ofSeconds(3);

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(75);

  private final String backend;
  private final Sampling sampling;
  private final PictureFeed feed;
  private final WallClock clock;
  private final RunListener listener;

  private boolean muted;
  private Duration slowest = Duration.ZERO;
  private MediaTime answered = MediaTime.ZERO;

  StreamResults(
      String backend, Sampling sampling, PictureFeed feed, WallClock clock, RunListener listener) {
    this.backend = backend;
    this.sampling = sampling;
    this.feed = feed;
    this.clock = clock;
    this.listener = listener;
  }

  synchronized void add(StreamAnswer answer) {
    if (muted) {
      return;
    }
    long now = clock.nanos();
    MediaTime end = feed.shownAt(now - answer.totalLatency().toNanos());
    double start = Math.max(0, end.seconds() - sampling.clipLengthSeconds());
    var clip =
        new Event.ClipInfo(
            Math.round(start / sampling.delaySeconds()),
            MediaTime.ofSeconds(start),
            end,
            sampling.framesPerClip());
    Event.Outcome outcome =
        answer.failure().isPresent()
            ? new Event.Outcome.Failed("backend_failed", answer.failure().get(), Optional.empty())
            : new Event.Outcome.Answered(answer.text(), answer.finishReason().wireName());
    if (answer.totalLatency().compareTo(slowest) > 0) {
      slowest = answer.totalLatency();
    }
    answered = end;
    listener.result(
        new Event.Result(
            UUID.randomUUID().toString(),
            Optional.empty(),
            answer.prompt(),
            backend,
            answer.model(),
            outcome,
            clip,
            answer.inferenceLatency(),
            answer.totalLatency(),
            Map.of(),
            Optional.empty(),
            Optional.empty()),
        Optional.empty(),
        List.of(Attempt.ofStream(backend, answer.model())));
  }

  synchronized void notice(String sentence) {
    if (!muted) {
      listener.noticed(sentence);
    }
  }

  synchronized void end(Ending ending) {
    if (!muted) {
      muted = true;
      listener.ended(ending);
    }
  }

  /** From here on nothing is told. */
  synchronized void mute() {
    muted = true;
  }

  /** The video is over: waits for the answer about its last pictures, as long as one may come. */
  void awaitLast(StreamLink link) throws InterruptedException {
    MediaTime end = feed.shownAt(clock.nanos());
    // The last picture is on show now; the one before it is a whole interval older.
    MediaTime enough = end.minus(MediaTime.ofSeconds(0.5 / feed.fps()));
    long deadline = System.nanoTime() + patience().toNanos();
    while (System.nanoTime() < deadline && answered().isBefore(enough)) {
      if (link.awaitLoss(TimeUnit.MILLISECONDS.toNanos(100))) {
        return;
      }
    }
  }

  private synchronized MediaTime answered() {
    return answered;
  }

  private synchronized Duration patience() {
    Duration wanted =
        LAST_ANSWER
            .plus(slowest.multipliedBy(2))
            .plus(MediaTime.ofSeconds(sampling.delaySeconds()).toDuration());
    return wanted.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wanted;
  }
}
