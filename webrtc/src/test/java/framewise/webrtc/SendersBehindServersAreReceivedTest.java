package framewise.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import framewise.media.picture.Frame;
import framewise.testing.Coturn;
import framewise.webrtc.receiver.SmallRouter;
import framewise.webrtc.sdp.Candidate;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a real STUN and TURN server, and a sender that can reach only that server. */
class SendersBehindServersAreReceivedTest {
  @TempDir Path folder;

  @Test
  void picturesComeThroughARelay() throws Exception {
    try (var server = Coturn.start(folder, address())) {
      try (Peers peers = new Peers(options(turn(server.address(), Coturn.PASSWORD)));
          Peers others = new Peers(PeerOptions.DEFAULTS);
          Publisher publisher = others.publisher(PeerListener.NONE);
          Receiver receiver = peers.receiver(SenderTimeouts.DEFAULT, PeerListener.NONE)) {
        String answer = receiver.answer(publisher.offer(), any -> Optional.empty());
        List<Candidate> relays = candidates(answer, "relay");
        assertThat(relays).hasSize(1);
        assertThat(relays.getFirst().tail()).contains(" raddr ");
        assertThat(answer).doesNotContain("a=ice-lite").doesNotContain("typ srflx");
        publisher.accept(only(answer, "relay"));
        exchange(publisher, receiver);
      }
      await()
          .atMost(Pair.PATIENCE)
          .untilAsserted(
              () -> assertThat(server.hasLogged("lifetime=0")).as("it is given back").isTrue());
    }
  }

  @Test
  void picturesComeThroughARouterThatOnlyAStunServerKnows() throws Exception {
    try (var server = Coturn.start(folder, address());
        var router = new SmallRouter(address(), server.address());
        Peers peers = new Peers(options(IceServer.stun(url("stun", router.inside()))));
        Peers others = new Peers(PeerOptions.DEFAULTS);
        Publisher publisher = others.publisher(PeerListener.NONE);
        Receiver receiver = peers.receiver(SenderTimeouts.DEFAULT, PeerListener.NONE)) {
      String answer = receiver.answer(publisher.offer());
      assertThat(candidates(answer, "srflx"))
          .singleElement()
          .satisfies(
              one ->
                  assertThat(new InetSocketAddress(one.address(), one.port()))
                      .isEqualTo(router.outside()));
      publisher.accept(only(answer, "srflx"));
      exchange(publisher, receiver);
    }
  }

  @Test
  void aServerThatRefusesTheLoginIsLeftOut() throws Exception {
    try (var server = Coturn.start(folder, address());
        Peers peers = new Peers(options(turn(server.address(), "another")));
        Pair pair = new Pair(peers)) {
      assertThat(candidates(pair.answer, "relay")).isEmpty();
      assertThat(candidates(pair.answer, "host")).isNotEmpty();
      pair.exchange(320, 240).close();
    }
  }

  private static PeerOptions options(IceServer server) {
    return PeerOptions.DEFAULTS
        .withIceServers(List.of(server))
        .withGathering(Duration.ofSeconds(10));
  }

  private static IceServer turn(InetSocketAddress server, String password) {
    return new IceServer(
        List.of(url("turn", server)), Optional.of(Coturn.USER), Optional.of(password));
  }

  private static String url(String kind, InetSocketAddress at) {
    return "%s:%s:%d".formatted(kind, at.getAddress().getHostAddress(), at.getPort());
  }

  private static List<Candidate> candidates(String text, String type) {
    return text.lines()
        .flatMap(line -> Candidate.parse(line).stream())
        .filter(one -> one.type().equals(type))
        .toList();
  }

  private static String only(String answer, String type) {
    return answer
        .lines()
        .filter(line -> !Candidate.isCandidate(line) || line.contains(" typ " + type))
        .map(line -> line + "\r\n")
        .collect(Collectors.joining());
  }

  private static void exchange(Publisher publisher, Receiver receiver) throws Exception {
    for (int step = 0; step < 300; step++) {
      try (Frame frame = TestPictures.quarters(320, 240, step)) {
        assertThat(publisher.send(frame)).isTrue();
      }
      Optional<Frame> received = receiver.next(Duration.ofMillis(200));
      if (received.isPresent()) {
        received.get().close();
        return;
      }
    }
    throw new AssertionError("no picture came, state " + receiver.state());
  }

  private static InetAddress address() throws SocketException {
    return Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
        .flatMap(card -> Collections.list(card.getInetAddresses()).stream())
        .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
        .findFirst()
        .orElseThrow();
  }
}
