package framewise.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import framewise.media.network.AddressRule;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Seen: an offer with an address made the service send 310 packets there within 15 s, 20 per
 * second, however many addresses it listed. Now addresses in a single offer are not tried at all,
 * and addresses of a peer that negotiates in steps only if a rule allows them. The test counts
 * packets at their destination.
 */
class OffersCannotTargetOthersTest {
  private static final AddressRule ANY = address -> Optional.empty();

  @Test
  void packetsGoOnlyWhereTheRuleLetsThem() throws Exception {
    InetAddress here = address();
    AddressRule nobody = address -> Optional.of("not to be tried");
    try (var refused = new Target(here);
        var loopback = new Target(InetAddress.getLoopbackAddress());
        var permitted = new Target(here);
        var own = new Target(here);
        var alone = new Target(here);
        Peers peers = new Peers(PeerOptions.DEFAULTS);
        Receiver single = peers.receiver(SenderTimeouts.DEFAULT, PeerListener.NONE);
        StepwiseReceiver strict =
            peers.stepwiseReceiver(SenderTimeouts.DEFAULT, PeerListener.NONE);
        StepwiseReceiver open = peers.stepwiseReceiver(SenderTimeouts.DEFAULT, PeerListener.NONE)) {
      assertThat(single.answer(offer(own), ANY)).contains("a=recvonly", "a=ice-lite");
      assertThat(strict.negotiate(offer(refused, loopback), nobody).answer())
          .contains("a=recvonly")
          .doesNotContain("a=ice-lite");
      assertThat(open.negotiate(offer(permitted), ANY).answer()).contains("a=recvonly");
      open.candidate(alone.candidate(), ANY);
      strict.candidate(refused.candidate(), nobody);
      // Wait until the allowed addresses have received several packets each.
      await().atMost(Pair.PATIENCE).until(() -> permitted.packets() > 5 && alone.packets() > 5);
      assertThat(own.packets()).isZero();
      assertThat(refused.packets()).isZero();
      assertThat(loopback.packets()).isZero();
    }
  }

  @Test
  void packetsAreFewHoweverManyCandidatesThereAre() throws Exception {
    InetAddress here = address();
    Target[] targets = new Target[24];
    try (var one = new Target(here);
        Peers peers = new Peers(PeerOptions.DEFAULTS);
        StepwiseReceiver single =
            peers.stepwiseReceiver(SenderTimeouts.DEFAULT, PeerListener.NONE);
        StepwiseReceiver several =
            peers.stepwiseReceiver(SenderTimeouts.DEFAULT, PeerListener.NONE)) {
      for (int i = 0; i < targets.length; i++) {
        targets[i] = new Target(here);
      }
      assertThat(several.negotiate(offer(targets), ANY).answer()).isNotEmpty();
      for (Target each : targets) {
        several.candidate(each.candidate(), ANY);
      }
      assertThat(single.negotiate(offer(one), ANY).answer()).isNotEmpty();
      await().atMost(Pair.PATIENCE).until(() -> one.packets() >= 10);
      // All targets together get at most 20 packets a second, a single one gets two.
      assertThat(Stream.of(targets).mapToInt(Target::packets).sum()).isLessThan(12 * one.packets());
    } finally {
      Stream.of(targets).filter(Objects::nonNull).forEach(Target::close);
    }
  }

  private static String offer(Target... targets) throws IOException {
    StringBuilder offer = new StringBuilder(MutatedDescriptions.seed("small.sdp"));
    for (Target target : targets) {
      offer.append("a=" + target.candidate() + "\r\n");
    }
    return offer.toString().replaceAll("a=candidate:1 .*\r\n", "");
  }

  private static InetAddress address() throws SocketException {
    return Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
        .flatMap(card -> Collections.list(card.getInetAddresses()).stream())
        .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
        .findFirst()
        .orElseThrow();
  }

  /** A socket that counts incoming packets. */
  private static final class Target implements AutoCloseable {
    private final DatagramSocket socket;
    private final AtomicInteger packets = new AtomicInteger();

    Target(InetAddress address) throws SocketException {
      socket = new DatagramSocket(0, address);
      Thread.ofVirtual().start(this::count);
    }

    String candidate() {
      return "candidate:7 1 udp 2122317823 %s %d typ host"
          .formatted(socket.getLocalAddress().getHostAddress(), socket.getLocalPort());
    }

    int packets() {
      return packets.get();
    }

    @Override
    public void close() {
      socket.close();
    }

    private void count() {
      var packet = new DatagramPacket(new byte[2_048], 2_048);
      try {
        while (true) {
          socket.receive(packet);
          packets.incrementAndGet();
        }
      } catch (IOException closed) {
        // the test is over
      }
    }
  }
}
