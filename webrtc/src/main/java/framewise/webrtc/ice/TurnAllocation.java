package framewise.webrtc.ice;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An address of ours at a TURN server (RFC 8656), which forwards datagrams between it and the peers
 * that we permit. Used by the thread that reads the sockets, except where noted.
 */
public final class TurnAllocation implements NetworkPath.Relay {
  private static final Logger LOG = LoggerFactory.getLogger(TurnAllocation.class);

  private static final long SECOND_NANOS = 1_000_000_000;

  /** UDP, in the first of four bytes. */
  private static final byte[] UDP = {17, 0, 0, 0};

  /** RFC 8656, section 3.2: what servers grant at least. */
  private static final long MIN_LIFETIME_SECONDS = 600;

  private static final long MAX_LIFETIME_SECONDS = 3_600;

  /** Permissions last five minutes (section 9). */
  private static final long PERMISSION_NANOS = 240 * SECOND_NANOS;

  /** Limit on peers' addresses. */
  private static final int MAX_PERMISSIONS = 24;

  private final ServerLink link;
  private final Map<InetAddress, Long> permissions = new HashMap<>();
  private volatile @Nullable InetSocketAddress relayed;
  private @Nullable InetSocketAddress mapped;
  private boolean failed;
  private long refreshAt;

  TurnAllocation(ServerLink link) {
    this.link = link;
  }

  void start(long nanos) {
    link.request(
        StunMessage.ALLOCATE,
        request -> request.put(StunMessage.REQUESTED_TRANSPORT, UDP),
        new ServerLink.Outcome() {
          @Override
          public void success(StunMessage response, long at) {
            relayed = response.address(StunMessage.XOR_RELAYED_ADDRESS).orElse(null);
            mapped = response.address(StunMessage.XOR_MAPPED_ADDRESS).orElse(null);
            failed = relayed == null;
            refreshAt = at + untilRefresh(response);
          }

          @Override
          public void failure(int code) {
            fail("allocate a relay address", code);
          }
        },
        nanos);
  }

  /** Whether the allocation has succeeded or failed. */
  boolean isSettled() {
    return failed || relayed != null;
  }

  ServerLink link() {
    return link;
  }

  /** Our address at the server; empty while there is none, and once it is lost. */
  Optional<InetSocketAddress> relayed() {
    return failed ? Optional.empty() : Optional.ofNullable(relayed);
  }

  /** Our socket's address as the server sees it; empty while unknown. */
  Optional<InetSocketAddress> mapped() {
    return Optional.ofNullable(mapped);
  }

  /** Permits datagrams of a peer from now on. */
  void permit(InetAddress peer, long nanos) {
    boolean same =
        relayed().filter(own -> own.getAddress().getClass().equals(peer.getClass())).isPresent();
    if (same && !permissions.containsKey(peer) && permissions.size() < MAX_PERMISSIONS) {
      renew(peer, nanos);
    }
  }

  /** Renews what would expire. */
  void tick(long nanos) {
    link.tick(nanos);
    if (relayed().isEmpty()) {
      return;
    }
    if (nanos >= refreshAt) {
      refreshAt = nanos + MIN_LIFETIME_SECONDS * SECOND_NANOS;
      link.request(StunMessage.REFRESH, request -> {}, new RefreshOutcome(), nanos);
    }
    permissions.entrySet().stream()
        .filter(each -> nanos >= each.getValue())
        .map(Map.Entry::getKey)
        .toList()
        .forEach(peer -> renew(peer, nanos));
  }

  /** Wraps a datagram for the server. Any thread may call it. */
  @Override
  public void send(ByteBuffer datagram, InetSocketAddress peer) {
    byte[] bytes = new byte[datagram.remaining()];
    datagram.get(bytes);
    link.send(
        new StunWriter(StunMessage.SEND_INDICATION, StunWriter.newTransaction())
            .putXored(StunMessage.XOR_PEER_ADDRESS, peer)
            .put(StunMessage.DATA, bytes)
            .plain());
  }

  /** Releases the address, without waiting for the server. */
  void release() {
    if (relayed().isPresent()) {
      link.send(
          link.write(
              StunMessage.REFRESH,
              StunWriter.newTransaction(),
              request -> request.putInt(StunMessage.LIFETIME, 0)));
    }
  }

  private void renew(InetAddress peer, long nanos) {
    permissions.put(peer, nanos + PERMISSION_NANOS);
    link.request(
        StunMessage.CREATE_PERMISSION,
        request -> request.putXored(StunMessage.XOR_PEER_ADDRESS, new InetSocketAddress(peer, 0)),
        new ServerLink.Outcome() {
          @Override
          public void success(StunMessage response, long at) {
            LOG.trace("A TURN server accepted the permission for a peer");
          }

          @Override
          public void failure(int code) {
            // Others may be permitted: servers forbid some networks.
            LOG.debug("A TURN server refused the permission for a peer: {}", code);
          }
        },
        nanos);
  }

  private final class RefreshOutcome implements ServerLink.Outcome {
    @Override
    public void success(StunMessage response, long at) {
      refreshAt = at + untilRefresh(response);
    }

    @Override
    public void failure(int code) {
      fail("renew its relay address", code);
    }
  }

  private void fail(String what, int code) {
    failed = true;
    LOG.warn(
        "The TURN server {} failed to {}: {}. Check FRAMEWISE_ICE_SERVERS.",
        link.server().address(),
        what,
        code == ServerLink.TIMED_OUT ? "no answer" : "error " + code);
  }

  /**
   * How long to wait before the next refresh: until a minute before the end of the lifetime, or
   * half of it if that is longer.
   */
  private static long untilRefresh(StunMessage response) {
    long seconds =
        Math.clamp(
            response.number(StunMessage.LIFETIME).orElse(MIN_LIFETIME_SECONDS),
            2,
            MAX_LIFETIME_SECONDS);
    return Math.max(seconds / 2, seconds - 60) * SECOND_NANOS;
  }
}
