package framewise.webrtc.ice;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The connectivity checks that a full agent sends (RFC 8445, section 7.2), so that routers on the
 * path let the peer's checks through. They go only to addresses that were allowed before, at a
 * limited rate for a limited time. Used by the thread that reads the sockets.
 */
public final class OwnChecks {
  /** RFC 8445, section 14.2: the pause between any two checks. */
  private static final long PACE_NANOS = 50_000_000;

  /** RFC 8445, section 14.3: the pause between checks of one path. */
  private static final long AGAIN_NANOS = 500_000_000;

  /** How long checks are sent after the (re)start: until the peer counts as never connected. */
  private static final long WITHIN_NANOS = 15_000_000_000L;

  /** The pause between checks of the path that we chose; as in libwebrtc. */
  private static final long KEEP_NANOS = 2_500_000_000L;

  /** Limit on paths. */
  private static final int MAX_PATHS = 64;

  /** Limit on checks whose answers are awaited. */
  private static final int MAX_PENDING_CHECKS = 256;

  /** Of a peer-reflexive candidate: RFC 8445, section 5.1.2. */
  private static final int PRIORITY = (110 << 24) | (65_535 << 8) | 255;

  private final boolean controls;
  private final byte[] tieBreaker = new byte[8];
  private final Deque<NetworkPath> waiting = new ArrayDeque<>();
  private final Map<ByteBuffer, NetworkPath> awaited =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, NetworkPath> eldest) {
          return size() > MAX_PENDING_CHECKS;
        }
      };

  private String username = "";
  private byte[] key = {};
  private boolean begun;
  private long endAt;
  private long nextAt;
  private Optional<NetworkPath> chosen = Optional.empty();

  /**
   * @param controls whether we choose the path: only where the peer is a lite agent
   */
  public OwnChecks(boolean controls) {
    this.controls = controls;
    ThreadLocalRandom.current().nextBytes(tieBreaker);
  }

  /** Starts, or starts over because ICE restarts; no path is known yet. */
  public void begin(IceCredentials own, IceCredentials remote) {
    username = remote.fragment() + ":" + own.fragment();
    key = remote.password().getBytes(StandardCharsets.UTF_8);
    waiting.clear();
    awaited.clear();
    chosen = Optional.empty();
    begun = false;
  }

  /** Checks the paths from our sockets, and through the relays, to an address of the peer. */
  public void add(
      InetSocketAddress peer, Iterable<DatagramChannel> sockets, ServerAddresses relays) {
    for (DatagramChannel socket : sockets) {
      boolean same =
          MediaSockets.address(socket)
              .filter(own -> own.getClass().equals(peer.getAddress().getClass()))
              .isPresent();
      if (same) {
        add(new NetworkPath(socket, peer, Optional.empty()));
      }
    }
    relays.pathsTo(peer).forEach(this::add);
  }

  /**
   * Sends the check that is due.
   *
   * @param connected whether the peer has chosen a path, so that no more checks are needed
   */
  public void tick(long nanos, boolean connected) {
    if (!begun) {
      begun = true;
      endAt = nanos + WITHIN_NANOS;
      nextAt = nanos;
    }
    if (nanos < nextAt) {
      return;
    }
    if (chosen.isPresent()) {
      nextAt = nanos + KEEP_NANOS;
      check(chosen.get());
    } else if (!connected && nanos < endAt && !waiting.isEmpty()) {
      NetworkPath next = waiting.removeFirst();
      waiting.addLast(next);
      nextAt = nanos + Math.max(PACE_NANOS, AGAIN_NANOS / waiting.size());
      check(next);
    }
  }

  /**
   * Takes an answer to one of our checks.
   *
   * @return whether the peer has answered a check on this path
   */
  public boolean take(StunMessage response, NetworkPath path) {
    NetworkPath asked = awaited.remove(ByteBuffer.wrap(response.transaction()));
    boolean valid =
        path.equals(asked)
            && response.type() == StunMessage.BINDING_SUCCESS
            && response.isFrom(key);
    if (valid && controls && chosen.isEmpty()) {
      chosen = Optional.of(path);
    }
    return valid;
  }

  /** Whether we choose the path. */
  public boolean controls() {
    return controls;
  }

  private void add(NetworkPath path) {
    if (waiting.size() < MAX_PATHS && !waiting.contains(path)) {
      // The newest first: peers send the addresses that are harder to find last.
      waiting.addFirst(path);
    }
  }

  private void check(NetworkPath path) {
    byte[] transaction = StunWriter.newTransaction();
    awaited.put(ByteBuffer.wrap(transaction), path);
    var check =
        new StunWriter(StunMessage.BINDING_REQUEST, transaction)
            .put(StunMessage.USERNAME, username)
            .putInt(StunMessage.PRIORITY, PRIORITY)
            .put(controls ? StunMessage.ICE_CONTROLLING : StunMessage.ICE_CONTROLLED, tieBreaker);
    if (controls) {
      check.put(StunMessage.USE_CANDIDATE, new byte[0]);
    }
    path.send(ByteBuffer.wrap(check.signed(key)));
  }
}
