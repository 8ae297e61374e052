package framewise.engine.backend.overshoot;

import framewise.overshoot.v02.V02StreamEnd;
import framewise.overshoot.v02.V02StreamListener;
import framewise.overshoot.wire.InferenceResult;
import framewise.overshoot.wire.answer.KeepaliveResponse;
import framewise.vision.FinishReason;
import framewise.vision.StreamAnswer;
import java.time.Duration;
import java.util.Optional;

/**
 * Forwards the service's reports about a stream. Reports a fault when it begins and when it ends,
 * not at every attempt in between. Called by one thread at a time.
 */
final class ResultsListener implements V02StreamListener {
  private static final double NANOS_PER_MILLI = 1e6;

  /** Longest plausible inference: a service that reports more uses the wrong unit. */
  private static final double MAX_MILLIS = 3_600_000;

  private final PublishedStream stream;
  private volatile boolean socketLost;
  private boolean leaseInDanger;

  ResultsListener(PublishedStream stream) {
    this.stream = stream;
  }

  /** Whether the connection to the service's results is down. */
  boolean isSocketLost() {
    return socketLost;
  }

  @Override
  public void onResult(InferenceResult result) {
    stream.notifyListener(() -> stream.listener().answered(answer(result)));
  }

  @Override
  public void onEnd(V02StreamEnd end) {
    StreamEndReasons.of(end).ifPresent(stream::reportLoss);
  }

  @Override
  public void onConnected(int attempt) {
    if (attempt > 0) {
      publishNotice("receiving results from Overshoot.ai again");
    }
    socketLost = false;
  }

  @Override
  public void onDisconnected(String why, Duration wait) {
    if (!socketLost) {
      publishNotice("receiving no results from Overshoot.ai: " + why);
    }
    socketLost = true;
  }

  @Override
  public void onLeaseRenewed(KeepaliveResponse renewal) {
    if (leaseInDanger) {
      publishNotice("renewed the lease of the stream at Overshoot.ai");
    }
    leaseInDanger = false;
  }

  @Override
  public void onLeaseInDanger(String why, Duration left) {
    if (!leaseInDanger) {
      publishNotice(
          "failed to renew the lease of the stream at Overshoot.ai, which expires in %d s: %s"
              .formatted(left.toSeconds(), why));
    }
    leaseInDanger = true;
  }

  private void publishNotice(String sentence) {
    stream.notifyListener(() -> stream.listener().noticed(sentence));
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
    double sound = millis >= 0 ? Math.min(millis, MAX_MILLIS) : 0;
    return Duration.ofNanos((long) (sound * NANOS_PER_MILLI));
  }
}
