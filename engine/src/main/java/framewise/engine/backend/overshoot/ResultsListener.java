package framewise.engine.backend.overshoot;

import framewise.overshoot.v02.StreamEnd;
import framewise.overshoot.v02.StreamListener;
import framewise.overshoot.wire.InferenceResult;
import framewise.vision.FinishReason;
import framewise.vision.StreamAnswer;
import java.time.Duration;
import java.util.Optional;

/** Passes on what the service says of a stream. */
final class ResultsListener implements StreamListener {
  private static final double NANOS_PER_MILLI = 1e6;

  /** What no inference takes: a service that says more has its units wrong. */
  private static final double MOST_MILLIS = 3_600_000;

  private final PublishedStream stream;

  ResultsListener(PublishedStream stream) {
    this.stream = stream;
  }

  @Override
  public void onResult(InferenceResult result) {
    stream.tell(() -> stream.listener().answered(answer(result)));
  }

  @Override
  public void onEnd(StreamEnd end) {
    Ends.of(end).ifPresent(stream::lose);
  }

  @Override
  public void onConnected(int attempt) {
    if (attempt > 0) {
      stream.tell(() -> stream.listener().noticed("results of Overshoot.ai arrive again"));
    }
  }

  @Override
  public void onDisconnected(String why, Duration wait) {
    stream.tell(
        () -> stream.listener().noticed("no results of Overshoot.ai for the moment: " + why));
  }

  @Override
  public void onLeaseInDanger(String why, Duration left) {
    stream.tell(
        () ->
            stream
                .listener()
                .noticed(
                    "the stream at Overshoot.ai ends in %d s unless its lease can be renewed: %s"
                        .formatted(left.toSeconds(), why)));
  }

  private static StreamAnswer answer(InferenceResult result) {
    Optional<String> failure =
        result.ok() ? Optional.empty() : Optional.of(result.error().orElse("no reason given"));
    return new StreamAnswer(
        result.prompt(),
        result.modelName(),
        result.result(),
        finish(result.finishReason().orElse("")),
        failure,
        millis(result.inferenceLatencyMs()),
        millis(result.totalLatencyMs()));
  }

  private static FinishReason finish(String word) {
    return switch (word) {
      case "length" -> FinishReason.LENGTH;
      case "content_filter" -> FinishReason.CONTENT_FILTER;
      default -> FinishReason.STOP;
    };
  }

  private static Duration millis(double millis) {
    double sound = millis >= 0 ? Math.min(millis, MOST_MILLIS) : 0;
    return Duration.ofNanos((long) (sound * NANOS_PER_MILLI));
  }
}
