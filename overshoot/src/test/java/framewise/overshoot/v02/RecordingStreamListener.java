package framewise.overshoot.v02;

import framewise.overshoot.wire.InferenceResult;
import framewise.overshoot.wire.answer.KeepaliveResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Records a listener's events. */
final class RecordingStreamListener implements V02StreamListener {

  /** A lost connection. */
  record Lost(String why, Duration pause) {}

  /** A lease in danger. */
  record Danger(String why, Duration left) {}

  final BlockingQueue<InferenceResult> results = new LinkedBlockingQueue<>();
  final BlockingQueue<Integer> connections = new LinkedBlockingQueue<>();
  final BlockingQueue<Lost> losses = new LinkedBlockingQueue<>();
  final BlockingQueue<Danger> dangers = new LinkedBlockingQueue<>();
  final BlockingQueue<KeepaliveResponse> renewals = new LinkedBlockingQueue<>();
  final BlockingQueue<V02StreamEnd> ends = new LinkedBlockingQueue<>();

  @Override
  public void onResult(InferenceResult result) {
    results.add(result);
  }

  @Override
  public void onEnd(V02StreamEnd end) {
    ends.add(end);
  }

  @Override
  public void onConnected(int attempt) {
    connections.add(attempt);
  }

  @Override
  public void onDisconnected(String why, Duration wait) {
    losses.add(new Lost(why, wait));
  }

  @Override
  public void onLeaseRenewed(KeepaliveResponse renewal) {
    renewals.add(renewal);
  }

  @Override
  public void onLeaseInDanger(String why, Duration left) {
    dangers.add(new Danger(why, left));
  }

  V02StreamEnd end() throws Exception {
    return next(ends);
  }

  /** The ids of the next results. */
  List<String> ids(int count) throws Exception {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(next(results).id());
    }
    return ids;
  }

  static <T> T next(BlockingQueue<T> queue) throws Exception {
    return Optional.ofNullable(queue.poll(60, TimeUnit.SECONDS)).orElseThrow();
  }
}
