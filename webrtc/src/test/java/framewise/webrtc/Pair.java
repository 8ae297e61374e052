package framewise.webrtc;

import framewise.media.picture.Frame;
import framewise.testing.TestMachine;
import framewise.webrtc.sdp.SdpRefusedException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A publisher connected to a receiver in the same process, over real sockets. */
public final class Pair implements AutoCloseable {
  /** Longest wait for the other side, on a busy machine. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  final Publisher publisher;
  final Receiver receiver;
  final String offer;
  final String answer;

  public Pair(Peers peers) throws SdpRefusedException, InterruptedException {
    this(peers, offer -> offer, answer -> answer);
  }

  /**
   * Creates a pair whose descriptions are rewritten, as another implementation would write them.
   */
  public Pair(Peers peers, UnaryOperator<String> offerChange, UnaryOperator<String> answerChange)
      throws SdpRefusedException, InterruptedException {
    TestMachine.needs("webrtc");
    publisher = peers.publisher(PeerListener.NONE);
    receiver = peers.receiver(SenderTimeouts.DEFAULT, PeerListener.NONE);
    try {
      offer = offerChange.apply(publisher.offer());
      answer = answerChange.apply(receiver.answer(offer));
      publisher.accept(answer);
    } catch (SdpRefusedException | InterruptedException | RuntimeException e) {
      close();
      throw e;
    }
  }

  public void send(int width, int height, int step) {
    try (Frame frame = TestPictures.quarters(width, height, step)) {
      if (!publisher.send(frame)) {
        throw new IllegalStateException("the publisher is closed");
      }
    }
  }

  /** Sends pictures until one arrives. */
  public Frame exchange(int width, int height) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    for (int step = 0; System.nanoTime() < end; step++) {
      send(width, height, step);
      Optional<Frame> frame = receiver.next(Duration.ofMillis(200));
      if (frame.isPresent()) {
        return frame.get();
      }
    }
    throw new AssertionError("no picture within " + PATIENCE + ", state " + receiver.state());
  }

  @Override
  public void close() {
    publisher.close();
    receiver.close();
  }
}
