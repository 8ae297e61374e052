package framewise.engine.backend.overshoot;

import framewise.media.picture.Frame;
import framewise.overshoot.OvershootException;
import framewise.overshoot.v02.OvershootStream;
import framewise.overshoot.v02.OvershootV02;
import framewise.overshoot.wire.CreateStreamRequest;
import framewise.time.Deadline;
import framewise.time.WallClock;
import framewise.vision.OpenStream;
import framewise.vision.StreamEnd;
import framewise.vision.StreamListener;
import framewise.vision.StreamRefusedException;
import framewise.webrtc.ConnectionState;
import framewise.webrtc.PeerFault;
import framewise.webrtc.Peers;
import framewise.webrtc.Publisher;
import framewise.webrtc.library.PeersUnavailableException;
import framewise.webrtc.sdp.SdpRefusedException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One stream at Overshoot.ai with the peer connection that carries its pictures. When either is
 * lost, the other is ended too, and the listener gets one report.
 */
final class PublishedStream implements OpenStream {
  /** Time without a packet after which a connection counts as lost. */
  private static final Duration SILENCE = Duration.ofSeconds(5);

  private static final Duration POLL_INTERVAL = Duration.ofMillis(250);

  private final StreamListener listener;
  private final ResultsListener results = new ResultsListener(this);
  private final AtomicBoolean over = new AtomicBoolean();

  /** Held while the listener is called, so that it gets one event at a time. */
  private final ReentrantLock reporting = new ReentrantLock();

  private volatile @Nullable Publisher publisher;
  private volatile @Nullable OvershootStream stream;

  PublishedStream(StreamListener listener) {
    this.listener = listener;
  }

  /**
   * Offers a peer connection, creates the stream with this offer, and applies the service's answer.
   *
   * @param request builds the request for the offer
   */
  void open(OvershootV02 client, Peers peers, Function<String, CreateStreamRequest> request)
      throws StreamRefusedException, InterruptedException {
    boolean open = false;
    try {
      Publisher sending = peers.publisher(this::peerChanged);
      publisher = sending;
      OvershootStream created = client.open(request.apply(sending.offer()), results);
      stream = created;
      sending.accept(created.answer().orElseThrow());
      open = true;
    } catch (OvershootException e) {
      throw new StreamRefusedException(StreamEndReasons.of(e), e);
    } catch (PeersUnavailableException | PeerFault e) {
      throw new StreamRefusedException(StreamEndReasons.ofPeer(e), e);
    } catch (SdpRefusedException e) {
      throw new StreamRefusedException(StreamEndReasons.ofAnswer(e), e);
    } finally {
      if (!open) {
        close();
      }
    }
  }

  @Override
  public void send(Frame frame) {
    Publisher sending = publisher;
    if (sending != null && !over.get()) {
      sending.send(frame);
    }
  }

  @Override
  public void updatePrompt(String prompt) throws StreamRefusedException {
    OvershootStream created = stream;
    if (created == null || over.get()) {
      return;
    }
    try {
      created.updatePrompt(prompt);
    } catch (OvershootException e) {
      throw new StreamRefusedException(StreamEndReasons.of(e), e);
    }
  }

  @Override
  public void close() {
    over.set(true);
    release();
  }

  /** Calls the listener, unless the stream is over. */
  void notifyListener(Runnable what) {
    reporting.lock();
    try {
      if (!over.get()) {
        what.run();
      }
    } finally {
      reporting.unlock();
    }
  }

  /** Reports the loss of the stream once and releases its resources. */
  void reportLoss(StreamEnd end) {
    reporting.lock();
    try {
      if (over.compareAndSet(false, true)) {
        listener.ended(end);
      }
    } finally {
      reporting.unlock();
    }
    release();
  }

  StreamListener listener() {
    return listener;
  }

  private void peerChanged(ConnectionState state) {
    switch (state) {
      case FAILED -> reportLoss(StreamEndReasons.PEER_LOST);
      case DISCONNECTED ->
          Thread.ofVirtual().name("peer-silent").start(this::loseIfStillDisconnected);
      case NEW, CONNECTING, CONNECTED, CLOSED -> {}
    }
  }

  /** A service whose results socket is closed as well is gone: there is no point in waiting. */
  private void loseIfStillDisconnected() {
    Deadline deadline = Deadline.after(SILENCE);
    while (isDisconnected() && !results.isSocketLost() && !deadline.hasPassed()) {
      try {
        WallClock.system().sleep(POLL_INTERVAL);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
    if (isDisconnected()) {
      reportLoss(StreamEndReasons.PEER_LOST);
    }
  }

  private boolean isDisconnected() {
    Publisher sending = publisher;
    return sending != null && sending.state() == ConnectionState.DISCONNECTED;
  }

  /**
   * Stops the pictures at once; another thread closes the stream at the service, which may be slow.
   */
  private void release() {
    Publisher sending = publisher;
    if (sending != null) {
      sending.close();
    }
    OvershootStream created = stream;
    if (created != null) {
      Thread.ofVirtual().name("overshoot-close-" + created.id()).start(created::close);
    }
  }
}
