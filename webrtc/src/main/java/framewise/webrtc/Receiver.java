package framewise.webrtc;

import framewise.media.network.AddressRule;
import framewise.media.picture.Frame;
import framewise.webrtc.sdp.SdpRefusedException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Receives pictures from one remote peer: {@link #answer} its offer, call {@link #next} repeatedly,
 * {@link #close}. A slow caller gets the newest picture, and the others count as dropped: nothing
 * queues up. Thread-safe.
 */
public interface Receiver extends AutoCloseable {
  /** Maximum side of a picture in pixels: two and a half times 1080p. */
  int MAX_SIDE = 4096;

  /**
   * Answers an offer like {@link #answer(String, AddressRule)}, but tries none of its addresses:
   * the sender has to reach ours.
   */
  default String answer(String offer) throws SdpRefusedException, InterruptedException {
    return answer(offer, address -> Optional.of("not to be tried"));
  }

  /**
   * Answers an offer: accepts its first video only, of a simulcast only the largest layer, and
   * lists all local addresses. Called once; after a refusal, the receiver can only be closed.
   *
   * @param candidates which addresses of the offer may be tried, where ICE servers are configured
   *     or the sender only answers checks; otherwise none is
   * @throws SdpRefusedException when the offer is unusable; the message is for its sender
   * @throws framewise.media.memory.MemoryExhaustedException when the memory budget has no room for
   *     another connection
   * @throws PeerFault when no address was found, or its sockets could not be opened
   */
  String answer(String offer, AddressRule candidates)
      throws SdpRefusedException, InterruptedException;

  /**
   * Takes the newest picture, upright, in I420, its time measured from the first picture on this
   * machine's clock. Empty on a time-out, or at once after close. The caller closes the frame. For
   * one thread at a time.
   */
  Optional<Frame> next(Duration timeout) throws InterruptedException;

  /**
   * Pictures received but never taken, because a newer one replaced them, they were too large, or
   * they could not be decoded.
   */
  long dropped();

  /** Bytes of the memory budget that the receiver holds. */
  long memoryBytes();

  ConnectionState state();

  /** When the newest picture arrived, taken or not; empty before the first. */
  Optional<Instant> lastPictureAt();

  /**
   * Time since the last packet of the picture that {@link #next} returned last; zero before the
   * first. For the same thread.
   */
  Duration age();

  /** Usual time between the pictures that arrive lately; empty while unknown. */
  Optional<Duration> interval();

  /** Why the remote peer counts as disconnected; empty while it does not, and after close. */
  Optional<DisconnectReason> disconnectReason();

  /** Statistics so far. */
  ReceiverStats stats() throws InterruptedException;

  /** Ends the connection and frees everything. Closing twice is harmless. */
  @Override
  void close();
}
