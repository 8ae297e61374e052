package framewise.webrtc.ice;

import framewise.time.WallClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Further addresses of our sockets, learned from STUN and TURN servers: those that routers in
 * between assign (server-reflexive), and those that TURN servers allocate (relayed). Used by one
 * thread at a time: the one that gathers them, then the one that reads the sockets.
 */
public final class ServerAddresses implements AutoCloseable {
  /** Limit on pairs of a socket and a server. */
  private static final int MAX_LINKS = 16;

  private static final long WAIT_MILLIS = 20;

  private final List<ServerLink> queries = new ArrayList<>();
  private final List<LearnedAddress> reflexive = new ArrayList<>();
  private final List<TurnAllocation> allocations = new ArrayList<>();
  private int asked;
  private int answers;

  /**
   * An address learned from a server.
   *
   * @param address ours
   * @param base the socket's own
   * @param relayed whether a TURN server allocated it
   */
  public record LearnedAddress(
      InetSocketAddress address, InetSocketAddress base, boolean relayed) {}

  private ServerAddresses() {}

  /** No servers. */
  public static ServerAddresses none() {
    return new ServerAddresses();
  }

  /**
   * Asks the servers, and waits until all have answered or the time is over. Addresses that come
   * later are not used.
   *
   * @param sockets which nobody else reads meanwhile
   */
  public static ServerAddresses gather(
      MediaSockets sockets, List<StunServer> servers, Duration within, WallClock clock)
      throws IOException {
    var gathered = new ServerAddresses();
    long end = clock.nanos() + within.toNanos();
    for (DatagramChannel socket : sockets.channels()) {
      for (StunServer server : servers) {
        gathered.ask(socket, server, clock.nanos());
      }
    }
    while (!gathered.isSettled() && clock.nanos() < end) {
      sockets.read(
          WAIT_MILLIS,
          (datagram, path) -> {
            boolean _ = gathered.take(datagram, path, clock.nanos(), (ignored, from) -> {});
          });
      gathered.tick(clock.nanos());
    }
    gathered.queries.clear();
    gathered.allocations.removeIf(each -> each.relayed().isEmpty());
    return gathered;
  }

  /** The addresses, the server-reflexive ones first. */
  public List<LearnedAddress> found() {
    List<LearnedAddress> all = new ArrayList<>(reflexive);
    for (TurnAllocation each : allocations) {
      InetSocketAddress base = each.link().local();
      each.mapped()
          .map(address -> new LearnedAddress(address, base, /* relayed= */ false))
          .filter(mapped -> !all.contains(mapped))
          .ifPresent(all::add);
    }
    all.removeIf(each -> each.address().equals(each.base()));
    for (TurnAllocation each : allocations) {
      each.relayed()
          .map(address -> new LearnedAddress(address, each.link().local(), /* relayed= */ true))
          .ifPresent(all::add);
    }
    return all;
  }

  /** The paths to a peer through the relays. */
  List<NetworkPath> pathsTo(InetSocketAddress peer) {
    return allocations.stream()
        .filter(each -> isSameFamily(each.relayed(), peer.getAddress()))
        .map(each -> new NetworkPath(each.link().socket(), peer, Optional.of(each)))
        .toList();
  }

  /** Permits datagrams of a peer at the relays. */
  public void permit(InetAddress peer, long nanos) {
    allocations.forEach(each -> each.permit(peer, nanos));
  }

  /**
   * Permits datagrams of the relays' own addresses: a peer without a better path uses the same
   * server.
   */
  public void permitEachOther(long nanos) {
    List<InetAddress> own =
        allocations.stream()
            .flatMap(each -> each.relayed().stream())
            .map(InetSocketAddress::getAddress)
            .distinct()
            .toList();
    own.forEach(address -> permit(address, nanos));
  }

  /** Sends the requests that are due. */
  public void tick(long nanos) {
    queries.forEach(each -> each.tick(nanos));
    allocations.forEach(each -> each.tick(nanos));
  }

  /**
   * Takes a datagram of a server.
   *
   * @param forwarded takes a peer's datagram that a relay has forwarded
   * @return false when the datagram is not from a server
   */
  public boolean take(
      ByteBuffer datagram, NetworkPath path, long nanos, MediaSockets.Sink forwarded) {
    // One server may be asked as both, from the same socket: each takes what answers its requests.
    List<ServerLink> asking = queries.stream().filter(each -> each.isOver(path)).toList();
    List<TurnAllocation> lending =
        allocations.stream().filter(each -> each.link().isOver(path)).toList();
    if (asking.isEmpty() && lending.isEmpty()) {
      return false;
    }
    Optional<StunMessage> message = StunMessage.parseOfServer(datagram);
    if (message.isPresent() && asking.stream().noneMatch(each -> each.take(message.get(), nanos))) {
      boolean _ = lending.stream().anyMatch(each -> take(message.get(), each, nanos, forwarded));
    }
    return true;
  }

  /** Releases the relayed addresses. */
  @Override
  public void close() {
    allocations.forEach(TurnAllocation::release);
  }

  /** Whether the message is this allocation's. */
  private static boolean take(
      StunMessage message, TurnAllocation allocation, long nanos, MediaSockets.Sink forwarded) {
    if (message.type() != StunMessage.DATA_INDICATION) {
      return allocation.link().take(message, nanos);
    }
    byte[] data = message.attributes().getOrDefault(StunMessage.DATA, new byte[0]);
    Optional<InetSocketAddress> peer = message.address(StunMessage.XOR_PEER_ADDRESS);
    if (data.length > 0 && peer.isPresent()) {
      forwarded.take(
          ByteBuffer.wrap(data),
          new NetworkPath(allocation.link().socket(), peer.get(), Optional.of(allocation)));
    }
    return true;
  }

  private void ask(DatagramChannel socket, StunServer server, long nanos) throws IOException {
    if (asked >= MAX_LINKS
        || !(socket.getLocalAddress() instanceof InetSocketAddress own)
        || !isSameFamily(Optional.of(own), server.address().getAddress())) {
      return;
    }
    asked++;
    var link = new ServerLink(socket, own, server);
    if (server.login().isPresent()) {
      var allocation = new TurnAllocation(link);
      allocations.add(allocation);
      allocation.start(nanos);
      return;
    }
    queries.add(link);
    link.request(StunMessage.BINDING_REQUEST, request -> {}, answered(own), nanos);
  }

  private ServerLink.Outcome answered(InetSocketAddress base) {
    return new ServerLink.Outcome() {
      @Override
      public void success(StunMessage response, long at) {
        answers++;
        response
            .address(StunMessage.XOR_MAPPED_ADDRESS)
            .map(address -> new LearnedAddress(address, base, /* relayed= */ false))
            .filter(one -> !reflexive.contains(one))
            .ifPresent(reflexive::add);
      }

      @Override
      public void failure(int code) {
        answers++;
      }
    };
  }

  private boolean isSettled() {
    return answers >= queries.size() && allocations.stream().allMatch(TurnAllocation::isSettled);
  }

  private static boolean isSameFamily(Optional<InetSocketAddress> one, InetAddress other) {
    return one.filter(own -> own.getAddress().getClass().equals(other.getClass())).isPresent();
  }
}
