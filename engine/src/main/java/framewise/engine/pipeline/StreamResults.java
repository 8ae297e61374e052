package framewise.engine.pipeline;

import framewise.engine.WallClock;
import framewise.engine.money.Attempt;
import framewise.engine.money.RequestSize;
import framewise.engine.result.Event;
import framewise.engine.source.Schedule;
import framewise.media.MediaTime;
import framewise.media.Sampling;
import framewise.vision.StreamAnswer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Turns the answers of a back end that takes the stream into results. The far end does not say
 * which pictures it looked at: an answer is about those that were on show when its latency began.
 */
final class StreamResults {
  /** So long the last answer is waited for, and longer where answers are slow. */
  private static final Duration LAST_ANSWER = Duration.ofSeconds(3);

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(75);

  private final Supplier<StreamLane.Orders> orders;
  private final Function<Sampling, Schedule> schedule;
  private final Position position;
  private final WallClock clock;
  private final RunListener listener;
  private boolean muted;
  private Duration slowest = Duration.ZERO;
  private MediaTime answered = MediaTime.ZERO;

  /** Where the video was as it ended. */
  private Optional<MediaTime> over = Optional.empty();

  /** Where in the video a moment on the steady clock was. */
  interface Position {
    MediaTime at(long nanos);
  }

  StreamResults(
      Supplier<StreamLane.Orders> orders,
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
   * The far end answered.
   *
   * @param pixels of each picture that it was sent
   */
  synchronized void add(StreamAnswer answer, long pixels) {
    if (muted) {
      return;
    }
    StreamLane.Orders now = orders.get();
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

  /** From here on nothing is reported. */
  synchronized void mute() {
    muted = true;
  }

  /** Where the video is now. */
  MediaTime position() {
    return position.at(clock.nanos());
  }

  /** Whether the picture that was sent last is in an answer, or about to be too old for one. */
  synchronized boolean hasAnsweredLast() {
    return !answered.isBefore(lastPicture());
  }

  /** How long the answer about the last pictures may take, once the video is over. */
  synchronized Duration patience() {
    over = Optional.of(position());
    Duration wanted =
        LAST_ANSWER
            .plus(slowest.multipliedBy(2))
            .plus(MediaTime.ofSeconds(orders.get().sampling().delaySeconds()).toDuration());
    return wanted.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wanted;
  }

  /** The last picture was on show as the video ended; the one before it is an interval older. */
  private MediaTime lastPicture() {
    MediaTime half =
        MediaTime.ofSeconds(schedule.apply(orders.get().sampling()).everySeconds() / 2);
    return over.orElseGet(this::position).minus(half);
  }
}
