package framewise.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import framewise.media.network.AddressRule;
import framewise.media.picture.Frame;
import framewise.testing.TestMachine;
import framewise.webrtc.sdp.Candidate;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PeersNegotiateInStepsTest {
  private static final AddressRule NONE = address -> Optional.of("not to be tried");
  private static final AddressRule ALL = address -> Optional.empty();

  @Test
  void picturesContinueThroughSeveralOffers() throws Exception {
    TestMachine.needs("webrtc");
    try (Peers peers = new Peers(PeerOptions.DEFAULTS);
        Publisher publisher = peers.publisher(PeerListener.NONE);
        StepwiseReceiver receiver =
            peers.stepwiseReceiver(SenderTimeouts.DEFAULT, PeerListener.NONE)) {
      for (int step = 0; step < 3; step++) {
        StepwiseReceiver.NegotiationResult answer = receiver.negotiate(publisher.offer(), NONE);
        assertThat(answer.video()).isPresent();
        assertThat(answer.others()).isEmpty();
        assertThat(answer.answer().lines().filter(Candidate::isCandidate)).isNotEmpty();
        publisher.accept(answer.answer());
        exchange(publisher, receiver);
        assertThat(receiver.disconnectReason()).isEmpty();
      }
    }
  }

  @Test
  void offersWithoutVideoAreAnswered() throws Exception {
    TestMachine.needs("webrtc");
    try (Peers peers = new Peers(PeerOptions.DEFAULTS);
        Publisher publisher = peers.publisher(PeerListener.NONE);
        StepwiseReceiver receiver =
            peers.stepwiseReceiver(SenderTimeouts.DEFAULT, PeerListener.NONE)) {
      String offer = publisher.offer();
      String nothing = offer.replace("a=sendonly", "a=inactive");
      StepwiseReceiver.NegotiationResult first = receiver.negotiate(nothing, NONE);
      assertThat(first.video()).isEmpty();
      assertThat(first.answer()).contains("a=inactive").doesNotContain("a=recvonly");
      assertThat(receiver.disconnectReason()).isEmpty();
      StepwiseReceiver.NegotiationResult second = receiver.negotiate(offer, NONE);
      assertThat(second.video()).isPresent();
      publisher.accept(second.answer());
      exchange(publisher, receiver);
    }
  }

  @Test
  void trickledCandidatesAreChecked() throws Exception {
    TestMachine.needs("webrtc");
    try (Peers peers = new Peers(PeerOptions.DEFAULTS);
        Publisher publisher = peers.publisher(PeerListener.NONE);
        StepwiseReceiver receiver =
            peers.stepwiseReceiver(SenderTimeouts.DEFAULT, PeerListener.NONE)) {
      String offer = publisher.offer();
      String found =
          offer.lines().filter(Candidate::isCandidate).findFirst().orElseThrow().substring(2);
      receiver.candidate(found, ALL);
      publisher.accept(receiver.negotiate(offer, NONE).answer());
      receiver.candidate(found, ALL);
      for (String harmless :
          new String[] {
            "candidate:%n%n%n 1 udp 1 192.0.2.1 9 typ host",
            "candidate:1 1 udp 1 %p 9 typ host",
            "candidate:1 1 tcp 1 192.0.2.1 9 typ host tcptype active",
            "candidate:1 1 udp 1 x.local 9 typ host",
            "",
            "a=candidate:",
            "x".repeat(5_000)
          }) {
        receiver.candidate(harmless, ALL);
      }
      for (int i = 0; i < 100; i++) {
        receiver.candidate("candidate:1 1 udp 1 192.0.2.1 %d typ host".formatted(i + 1), ALL);
      }
      exchange(publisher, receiver);
    }
  }

  @Test
  void aReceiverAnswersOnce() throws Exception {
    TestMachine.needs("webrtc");
    try (Peers peers = new Peers(PeerOptions.DEFAULTS);
        Publisher publisher = peers.publisher(PeerListener.NONE);
        StepwiseReceiver receiver =
            peers.stepwiseReceiver(SenderTimeouts.DEFAULT, PeerListener.NONE)) {
      String offer = publisher.offer();
      receiver.answer(offer);
      assertThatThrownBy(() -> receiver.negotiate(offer, NONE))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  private static void exchange(Publisher publisher, StepwiseReceiver receiver) throws Exception {
    long end = System.nanoTime() + Pair.PATIENCE.toNanos();
    for (int step = 0; System.nanoTime() < end; step++) {
      try (Frame frame = TestPictures.quarters(320, 240, step)) {
        publisher.send(frame);
      }
      Optional<Frame> received = receiver.next(Duration.ofMillis(200));
      if (received.isPresent()) {
        received.get().close();
        return;
      }
    }
    throw new AssertionError("no picture came, state " + receiver.state());
  }
}
