package framewise.engine.pipeline;

import framewise.engine.money.Attempt;
import framewise.engine.money.RequestSize;
import framewise.engine.result.Event;
import framewise.engine.settings.PromptSettings;
import framewise.engine.source.Schedule;
import framewise.media.MediaTime;
import framewise.media.Sampling;
import framewise.time.WallClock;
import framewise.vision.StreamAnswer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Turns a streaming back end's answers into results. The far end does not report which pictures an
 * answer is about. Assumes those on show when the answer's latency began.
 */
final class StreamResults {
  /** Minimum wait for the last answer; slow answers extend it. */
  private static final Duration LAST_ANSWER = Duration.ofSeconds(3);

  private static final Duration MAX_WAIT = Duration.ofSeconds(75);

  private final Supplier<StreamLane.LaneSettings> orders;
  private final Function<Sampling, Schedule> schedule;
  private final Position position;
  private final WallClock clock;
  private final RunListener listener;
  private boolean muted;
  private Duration slowest = Duration.ZERO;
  private MediaTime answered = MediaTime.ZERO;

  /** Position at which the video ended. */
  private Optional<MediaTime> over = Optional.empty();

  /** Position in the video at a moment on the steady clock. */
  interface Position {
    MediaTime at(long nanos);
  }

  StreamResults(
      Supplier<StreamLane.LaneSettings> orders,
      Function<Sampling, Schedule> schedule,
      Position position,
      WallClock clock,
      RunListener listener) {
    this.orders = orders;
    this.schedule = schedule;
    this.position = position;
    this.clock = clock;
    this.listener = listener;
  }

  /**
   * Handles an answer.
   *
   * @param pixels of each picture that was sent
   */
  synchronized void add(StreamAnswer answer, long pixels) {
    if (muted) {
      return;
    }
    StreamLane.LaneSettings now = orders.get();
    PromptSettings prompt = now.prompt();
    Sampling sampling = now.sampling();
    String backend = now.to().backend().name();
    MediaTime end = position.at(clock.nanos() - answer.totalLatency().toNanos());
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
            prompt.name(),
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
        List.of(
            Attempt.ofStream(
                backend,
                prompt.modelOf(now.to().backend()).orElse(answer.model()),
                answer.model(),
                new RequestSize(
                    sampling.framesPerClip() * pixels,
                    prompt.characters(),
                    prompt.maxOutputTokens()))));
  }

  synchronized void notice(String sentence) {
    if (!muted) {
      listener.noticed(sentence);
    }
  }

  /** Stops reporting results. */
  synchronized void mute() {
    muted = true;
  }

  /** The video's present position. */
  MediaTime position() {
    return position.at(clock.nanos());
  }

  /** Whether the answers have reached the last picture sent. */
  synchronized boolean hasAnsweredLast() {
    return !answered.isBefore(lastPicture());
  }

  /** Time allowed for the answer about the last pictures, once the video is over. */
  synchronized Duration finalAnswerTimeout() {
    over = Optional.of(position());
    Duration wanted =
        LAST_ANSWER
            .plus(slowest.multipliedBy(2))
            .plus(MediaTime.ofSeconds(orders.get().sampling().delaySeconds()).toDuration());
    return wanted.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : wanted;
  }

  /**
   * A time half an interval before the end (or the present position): an answer about a later time
   * is about the last picture.
   */
  private MediaTime lastPicture() {
    MediaTime half =
        MediaTime.ofSeconds(schedule.apply(orders.get().sampling()).everySeconds() / 2);
    return over.orElseGet(this::position).minus(half);
  }
}
