package framewise.webrtc.ice;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.testing.Coturn;
import framewise.time.WallClock;
import framewise.webrtc.ice.StunServer.TurnLogin;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests with a real server. To skip long waits, the test advances only Framewise's clock. */
class TurnAllocationTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long MINUTE_NANOS = 60_000_000_000L;

  @TempDir Path folder;

  private final WallClock clock = WallClock.system();
  private final List<byte[]> forwarded = new ArrayList<>();
  private final List<NetworkPath> paths = new ArrayList<>();
  private final MediaSockets sockets = MediaSockets.open(Optional.empty());
  private ServerAddresses addresses = ServerAddresses.none();

  /** Nanoseconds by which the clock is advanced. */
  private long jumped;

  TurnAllocationTest() throws IOException {}

  @AfterEach
  void close() {
    addresses.close();
    sockets.close();
  }

  @Test
  void permittedPeersReachUsAndOthersDoNot() throws Exception {
    try (var server = Coturn.start(folder, address());
        var peer = new DatagramSocket(0, address())) {
      gather(server, Coturn.PASSWORD);
      InetSocketAddress relayed = relayed();
      peer.setSoTimeout((int) PATIENCE.toMillis());
      send(peer, relayed, "too early");
      addresses.permit(address(), now());
      await(server, () -> server.hasLogged("CREATE_PERMISSION processed, success"));
      send(peer, relayed, "question");
      await(server, () -> !forwarded.isEmpty());
      assertThat(text(forwarded.getFirst())).isEqualTo("question");
      NetworkPath path = paths.getFirst();
      assertThat(path.remote()).isEqualTo(peer.getLocalSocketAddress());
      path.send(ByteBuffer.wrap("answer".getBytes(StandardCharsets.UTF_8)));
      var got = new DatagramPacket(new byte[64], 64);
      peer.receive(got);
      assertThat(new String(got.getData(), 0, got.getLength(), StandardCharsets.UTF_8))
          .isEqualTo("answer");
      assertThat(got.getSocketAddress()).isEqualTo(relayed);
    }
  }

  @Test
  void addressAndPermissionsAreRenewedAlsoWithANewNonce() throws Exception {
    try (var server = Coturn.start(folder, address(), "--stale-nonce=1")) {
      gather(server, Coturn.PASSWORD);
      InetSocketAddress relayed = relayed();
      addresses.permit(address(), now());
      await(server, () -> server.hasLogged("CREATE_PERMISSION processed, success"));
      long end = now() + 2_500_000_000L;
      await(server, () -> now() > end);
      jumped = 30 * MINUTE_NANOS;
      await(server, () -> server.hasLogged("refreshed"));
      await(server, () -> server.hasLogged("438"));
      jumped = 60 * MINUTE_NANOS;
      addresses.tick(now());
      assertThat(relayed()).isEqualTo(relayed);
    }
  }

  /** Seen: the answers to one were taken for the other's, and no address was granted. */
  @Test
  void oneServerCanBeAskedAsStunAndAsTurn() throws Exception {
    try (var server = Coturn.start(folder, address())) {
      addresses =
          ServerAddresses.gather(
              sockets,
              List.of(
                  new StunServer(server.address(), Optional.empty()),
                  new StunServer(
                      server.address(), Optional.of(new TurnLogin(Coturn.USER, Coturn.PASSWORD)))),
              PATIENCE,
              clock);
      assertThat(relayed().getAddress()).isEqualTo(address());
    }
  }

  @Test
  void aWrongPasswordGrantsNothing() throws Exception {
    try (var server = Coturn.start(folder, address())) {
      gather(server, "another");
      assertThat(addresses.found()).isEmpty();
    }
  }

  @Test
  void aServerThatDoesNotAnswerIsGivenUpInTime() throws Exception {
    try (var silent = new DatagramSocket(0, address())) {
      long before = clock.nanos();
      addresses =
          ServerAddresses.gather(
              sockets,
              List.of(
                  new StunServer(
                      new InetSocketAddress(address(), silent.getLocalPort()), Optional.empty())),
              Duration.ofMillis(300),
              clock);
      assertThat(Duration.ofNanos(clock.nanos() - before)).isLessThan(Duration.ofSeconds(5));
      assertThat(addresses.found()).isEmpty();
    }
  }

  private void gather(Coturn server, String password) throws IOException {
    addresses =
        ServerAddresses.gather(
            sockets,
            List.of(
                new StunServer(
                    server.address(), Optional.of(new TurnLogin(Coturn.USER, password)))),
            PATIENCE,
            clock);
  }

  private InetSocketAddress relayed() {
    return addresses.found().stream()
        .filter(ServerAddresses.LearnedAddress::relayed)
        .map(ServerAddresses.LearnedAddress::address)
        .findFirst()
        .orElseThrow();
  }

  private long now() {
    return clock.nanos() + jumped;
  }

  /** Handles packets, like the reading thread, until a condition holds. */
  private void await(Coturn server, BooleanSupplier condition) throws IOException {
    long end = clock.nanos() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(clock.nanos()).as(server.toString()).isLessThan(end);
      sockets.read(
          20,
          (datagram, path) -> {
            boolean ofServer = addresses.take(datagram, path, now(), this::keep);
            assertThat(ofServer).isTrue();
          });
      addresses.tick(now());
    }
  }

  private void keep(ByteBuffer datagram, NetworkPath path) {
    byte[] bytes = new byte[datagram.remaining()];
    datagram.get(bytes);
    forwarded.add(bytes);
    paths.add(path);
  }

  private static void send(DatagramSocket from, InetSocketAddress to, String text)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    from.send(new DatagramPacket(bytes, bytes.length, to));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static InetAddress address() throws SocketException {
    return Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
        .flatMap(card -> Collections.list(card.getInetAddresses()).stream())
        .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
        .findFirst()
        .orElseThrow();
  }
}
