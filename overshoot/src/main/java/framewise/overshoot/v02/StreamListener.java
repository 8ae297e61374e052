package framewise.overshoot.v02;

import framewise.overshoot.wire.InferenceResult;
import framewise.overshoot.wire.KeepaliveResponse;
import java.time.Duration;

/**
 * Hears what happens to a stream. It is called by one virtual thread of the stream, one call after
 * the other, and may block: while it does, up to {@link Settings#resultQueue()} events wait, and
 * then the socket is not read any more, so that further results wait in the service or the network.
 * No result is dropped on this side; notices (connected, disconnected, lease) are, when the queue
 * is full. An exception is logged and counted; the next event comes all the same.
 */
public interface StreamListener {

  /** An inference gave something; no result comes twice. */
  void onResult(InferenceResult result);

  /** The last call: nothing comes after it. */
  void onEnd(StreamEnd end);

  /**
   * The results socket is open.
   *
   * @param attempt 0 for the first connection, otherwise how many attempts it took to come back
   */
  default void onConnected(int attempt) {}

  /**
   * The results socket is lost and will be opened again.
   *
   * @param why in words
   * @param wait until the next attempt
   */
  default void onDisconnected(String why, Duration wait) {}

  /** The lease was renewed; late servers say here what the stream has cost. */
  default void onLeaseRenewed(KeepaliveResponse renewal) {}

  /**
   * A renewal of the lease failed and is tried again while the lease lasts.
   *
   * @param why in words
   * @param left until the stream ends
   */
  default void onLeaseInDanger(String why, Duration left) {}
}
