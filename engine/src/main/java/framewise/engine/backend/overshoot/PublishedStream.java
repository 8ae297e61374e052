package framewise.engine.backend.overshoot;

import framewise.media.Frame;
import framewise.overshoot.OvershootException;
import framewise.overshoot.v02.OvershootStream;
import framewise.overshoot.v02.OvershootV02;
import framewise.overshoot.wire.CreateStreamRequest;
import framewise.vision.OpenStream;
import framewise.vision.StreamEnd;
import framewise.vision.StreamListener;
import framewise.vision.StreamRefusedException;
import framewise.webrtc.ConnectionState;
import framewise.webrtc.PeerFault;
import framewise.webrtc.Peers;
import framewise.webrtc.PeersUnavailableException;
import framewise.webrtc.Publisher;
import framewise.webrtc.sdp.SdpRefusedException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One stream at Overshoot.ai with the peer connection that carries its pictures. Whichever is lost
 * first, the other is ended with it, and the listener hears of it once.
 */
final class PublishedStream implements OpenStream {
  /** A connection that hears nothing for so long is not waited for any more. */
  private static final Duration SILENCE = Duration.ofSeconds(5);

  private static final Duration LOOK = Duration.ofMillis(250);

  private final StreamListener listener;
  private final ResultsListener results = new ResultsListener(this);
  private final AtomicBoolean over = new AtomicBoolean();

  /** Held while the listener is told something: one thing at a time. */
  private final ReentrantLock telling = new ReentrantLock();

  private volatile @Nullable Publisher publisher;
  private volatile @Nullable OvershootStream stream;

  PublishedStream(StreamListener listener) {
    this.listener = listener;
  }

  /**
   * Offers a peer connection, creates the stream with it and takes the answer.
   *
   * @param request made for the offer
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
      throw new StreamRefusedException(Ends.of(e), e);
    } catch (PeersUnavailableException | PeerFault e) {
      throw new StreamRefusedException(Ends.ofPeer(e), e);
    } catch (SdpRefusedException e) {
      throw new StreamRefusedException(Ends.ofAnswer(e), e);
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
      throw new StreamRefusedException(Ends.of(e), e);
    }
  }

  @Override
  public void close() {
    over.set(true);
    release();
  }

  /** Tells something, unless the stream is over. */
  void tell(Runnable what) {
    telling.lock();
    try {
      if (!over.get()) {
        what.run();
      }
    } finally {
      telling.unlock();
    }
  }

  /** The stream is lost: says so once and frees what is left of it. */
  void lose(StreamEnd end) {
    telling.lock();
    try {
      if (over.compareAndSet(false, true)) {
        listener.ended(end);
      }
    } finally {
      telling.unlock();
    }
    release();
  }

  StreamListener listener() {
    return listener;
  }

  private void peerChanged(ConnectionState state) {
    switch (state) {
      case FAILED -> lose(Ends.PEER_LOST);
      case DISCONNECTED ->
          Thread.ofVirtual().name("peer-silent").start(this::loseIfStillDisconnected);
      case NEW, CONNECTING, CONNECTED, CLOSED -> {}
    }
  }

  /** Where no results arrive either the service is gone, and nothing is waited for. */
  private void loseIfStillDisconnected() {
    long deadline = System.nanoTime() + SILENCE.toNanos();
    while (isDisconnected() && !results.isSocketLost() && System.nanoTime() < deadline) {
      try {
        Thread.sleep(LOOK);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
    if (isDisconnected()) {
      lose(Ends.PEER_LOST);
    }
  }

  private boolean isDisconnected() {
    Publisher sending = publisher;
    return sending != null && sending.state() == ConnectionState.DISCONNECTED;
  }

  /** The pictures end at once; the service is told on a thread of its own, for it may be slow. */
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
