package framewise.server.peer;

import framewise.media.memory.MemoryExhaustedException;
import framewise.server.http.PlatformThreads;
import framewise.server.http.Problem;
import framewise.webrtc.ConnectionState;
import framewise.webrtc.PeerFault;
import framewise.webrtc.Peers;
import framewise.webrtc.Receiver;
import framewise.webrtc.SenderTimeouts;
import framewise.webrtc.StepwiseReceiver;
import framewise.webrtc.sdp.SdpRefusedException;
import java.io.IOException;
import org.eclipse.jetty.http.HttpStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts clients' offers of video. Safe for any number of threads. */
public final class Offers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Offers.class);

  /** Answering waits up to 1.5 s for STUN servers; this many may do so concurrently. */
  private static final int AT_A_TIME = 8;

  private static final int MAX_WAITING = 64;

  private final Peers peers;
  private final SenderTimeouts patience;
  private final OfferLimits limits;
  private final PlatformThreads threads =
      new PlatformThreads("answering offers", AT_A_TIME, MAX_WAITING);

  /** Receiving end of the video, and the answer for its sender. */
  public record AcceptedOffer(Receiver receiver, String answer) {}

  /**
   * @param peers create the connections
   * @param patience maximum wait for senders to connect or send
   * @param limits of offers, shared by all APIs
   */
  public Offers(Peers peers, SenderTimeouts patience, OfferLimits limits) {
    this.peers = peers;
    this.patience = patience;
    this.limits = limits;
  }

  /**
   * Answers an offer. Checks its length and format.
   *
   * @param from the sender's address, the only one in the offer that may be tried
   * @throws framewise.server.http.ProblemException when the offer is invalid, this machine can't
   *     accept any, or there were too many
   */
  public AcceptedOffer take(String offer, OffererAddress from)
      throws IOException, InterruptedException {
    OfferLimits.OfferPlace place = limits.enter(from);
    boolean answered = false;
    try {
      AcceptedOffer taken = threads.call(() -> answer(offer, from, place));
      answered = true;
      return taken;
    } finally {
      if (!answered) {
        place.free();
      }
    }
  }

  /**
   * Begins a connection whose peer negotiates in steps, for {@link #answer}. The caller closes it.
   *
   * @throws framewise.server.http.ProblemException when this machine can't accept any, or there
   *     were too many
   */
  public StepwiseReceiver begin(OffererAddress from) throws IOException, InterruptedException {
    OfferLimits.OfferPlace place = limits.enter(from);
    boolean begun = false;
    try {
      StepwiseReceiver receiver = peers.stepwiseReceiver(patience, state -> release(place, state));
      begun = true;
      return receiver;
    } finally {
      if (!begun) {
        place.free();
      }
    }
  }

  /**
   * Answers one of the offers of a peer that negotiates in steps.
   *
   * @param receiver of {@link #begin}
   * @throws framewise.server.http.ProblemException when the offer is invalid
   */
  public StepwiseReceiver.NegotiationResult answer(
      StepwiseReceiver receiver, String offer, OffererAddress from)
      throws IOException, InterruptedException {
    return threads.call(() -> checked(() -> receiver.negotiate(offer, from)));
  }

  @Override
  public void close() {
    threads.close();
  }

  private AcceptedOffer answer(String offer, OffererAddress from, OfferLimits.OfferPlace place)
      throws InterruptedException {
    Receiver receiver = peers.receiver(patience, state -> release(place, state));
    boolean taken = false;
    try {
      var answered = new AcceptedOffer(receiver, checked(() -> receiver.answer(offer, from)));
      taken = true;
      return answered;
    } finally {
      if (!taken) {
        receiver.close();
      }
    }
  }

  /** Work on an offer. */
  private interface OfferWork<T> {
    T run() throws SdpRefusedException, InterruptedException;
  }

  private static <T> T checked(OfferWork<T> work) throws InterruptedException {
    try {
      return work.run();
    } catch (SdpRefusedException e) {
      boolean malformed = e.reason() == SdpRefusedException.Reason.MALFORMED;
      throw Problem.of(
              malformed ? HttpStatus.BAD_REQUEST_400 : HttpStatus.UNPROCESSABLE_ENTITY_422,
              e.reason().code(),
              String.valueOf(e.getMessage()))
          .asException();
    } catch (MemoryExhaustedException e) {
      throw Problem.of(HttpStatus.SERVICE_UNAVAILABLE_503, "memory_exhausted", e.sentence())
          .asException();
    } catch (PeerFault e) {
      LOG.error("Answering an offer failed", e);
      throw Problem.of(
              HttpStatus.SERVICE_UNAVAILABLE_503, "webrtc_failed", String.valueOf(e.getMessage()))
          .asException();
    }
  }

  /** Frees the slot once the sender has connected or timed out. */
  private static void release(OfferLimits.OfferPlace place, ConnectionState state) {
    switch (state) {
      case CONNECTED, FAILED, CLOSED -> place.free();
      case NEW, CONNECTING, DISCONNECTED -> {}
    }
  }
}
