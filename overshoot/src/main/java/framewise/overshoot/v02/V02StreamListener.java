package framewise.overshoot.v02;

import framewise.overshoot.wire.InferenceResult;
import framewise.overshoot.wire.answer.KeepaliveResponse;
import java.time.Duration;

/**
 * Receives a stream's events. Called by one virtual thread of the stream, one call at a time, and
 * may block: meanwhile up to {@link ClientSettings#resultQueue()} events queue, and then the socket
 * is no longer read, so that further results wait in the service or the network. Results are never
 * dropped here; notices (connected, disconnected, lease) are, when the queue is full. An exception
 * is logged and counted, and the next event is delivered.
 */
public interface V02StreamListener {

  /** Delivers an inference's result; never twice. */
  void onResult(InferenceResult result);

  /** Reports the end; the last call. */
  void onEnd(V02StreamEnd end);

  /**
   * The results socket is open.
   *
   * @param attempt 0 for the first connection, otherwise how many attempts the reconnect took
   */
  default void onConnected(int attempt) {}

  /**
   * The results socket is lost and will be reopened.
   *
   * @param why the reason in words
   * @param wait until the next attempt
   */
  default void onDisconnected(String why, Duration wait) {}

  /** The lease was renewed; later servers report the stream's cost here. */
  default void onLeaseRenewed(KeepaliveResponse renewal) {}

  /**
   * A renewal of the lease failed and is retried while the lease lasts.
   *
   * @param why the reason in words
   * @param left time until the stream ends
   */
  default void onLeaseInDanger(String why, Duration left) {}
}
