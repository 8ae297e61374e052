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
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * An offer with an address made the service send 310 packets there within 15 s, 20 per second,
 * however many addresses it listed. Our own receiver sends nothing to an address before a valid
 * check came from it; the native one, for peers that negotiate in steps, obeys a rule. The test
 * counts packets at their destination.
 */
class OffersPointAtNobodyElseTest {
  @Test
  void packetsGoOnlyWhereTheRuleLetsThem() throws Exception {
    InetAddress here = address();
    AddressRule any = address -> Optional.empty();
    AddressRule nobody = address -> Optional.of("not to be tried");
    try (var refused = new Target(here);
        var loopback = new Target(InetAddress.getLoopbackAddress());
        var permitted = new Target(here);
        var own = new Target(here);
        Peers peers = new Peers(PeerOptions.DEFAULTS);
        Receiver ours = peers.receiver(Patience.DEFAULT, PeerListener.NONE);
        StepwiseReceiver strict = peers.stepwiseReceiver(Patience.DEFAULT, PeerListener.NONE);
        StepwiseReceiver open = peers.stepwiseReceiver(Patience.DEFAULT, PeerListener.NONE)) {
      assertThat(ours.answer(offer(own), any)).contains("a=recvonly", "a=ice-lite");
      assertThat(strict.answer(offer(refused, loopback), nobody)).contains("a=recvonly");
      assertThat(open.answer(offer(permitted), any)).contains("a=recvonly");
      // As long as it takes to send that many to the allowed address.
      await().atMost(Pair.PATIENCE).until(() -> permitted.packets() > 30);
      assertThat(own.packets()).isZero();
      assertThat(refused.packets()).isZero();
      assertThat(loopback.packets()).isZero();
    }
  }

  @Test
  void manyCandidatesDoNotMakeMorePackets() throws Exception {
    InetAddress here = address();
    try (var one = new Target(here);
        var first = new Target(here);
        var second = new Target(here);
        Peers peers = new Peers(PeerOptions.DEFAULTS);
        Receiver single = peers.stepwiseReceiver(Patience.DEFAULT, PeerListener.NONE);
        Receiver several = peers.stepwiseReceiver(Patience.DEFAULT, PeerListener.NONE)) {
      assertThat(several.answer(offer(first, second), address -> Optional.empty())).isNotEmpty();
      assertThat(single.answer(offer(one), address -> Optional.empty())).isNotEmpty();
      await().atMost(Pair.PATIENCE).until(() -> one.packets() > 40);
      // They share one rate; the one of several started a moment earlier.
      assertThat(first.packets() + second.packets()).isLessThan(3 * one.packets());
    }
  }

  private static String offer(Target... targets) throws IOException {
    StringBuilder offer = new StringBuilder(MutatedDescriptions.seed("small.sdp"));
    for (Target target : targets) {
      offer.append(
          "a=candidate:7 1 udp 2122317823 %s %d typ host\r\n"
              .formatted(
                  target.socket.getLocalAddress().getHostAddress(), target.socket.getLocalPort()));
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
