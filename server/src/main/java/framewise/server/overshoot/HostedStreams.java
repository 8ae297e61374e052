package framewise.server.overshoot;

import framewise.overshoot.wire.StopReason;
import framewise.server.access.secret.KeyHash;
import framewise.server.http.Problem;
import framewise.server.metrics.StreamMeters;
import framewise.time.Rounds;
import framewise.time.WallClock;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.http.HttpStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Streams of all keys, with their limits and ends. An ended stream is remembered for a while, for
 * clients that ask about it. Safe for any number of threads.
 */
final class HostedStreams implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HostedStreams.class);
  private static final Duration CHECK_INTERVAL = Duration.ofMillis(500);
  private static final Duration REMEMBERED = Duration.ofMinutes(10);
  private static final int MAX_REMEMBERED = 1_000;

  private final int perKey;
  private final Optional<KeySlots> shared;
  private final StreamMeters meters;
  private final Map<String, HostedStream> streams = new ConcurrentHashMap<>();
  private final Map<KeyHash, Integer> taken = new HashMap<>();
  private final Rounds rounds;

  /**
   * @param perKey maximum number of open streams of a key
   * @param shared counts them over all nodes; empty where this is the only one
   */
  HostedStreams(WallClock clock, int perKey, Optional<KeySlots> shared, StreamMeters meters) {
    this.perKey = perKey;
    this.shared = shared;
    this.meters = meters;
    this.rounds =
        new Rounds(
            "stream-leases",
            clock,
            CHECK_INTERVAL,
            this::sweep,
            e -> LOG.error("Failed to check the leases", e));
  }

  /** Starts watching the leases. */
  void start() {
    rounds.start();
  }

  /** Stops watching the leases; the streams end with their sessions. */
  @Override
  public void close() {
    rounds.close();
  }

  /**
   * Takes one of a key's slots; {@link #free} or the end of the stream returns it.
   *
   * @throws framewise.server.http.ProblemException 429 when the key has no slot left
   */
  void take(KeyHash key) {
    settle(streams.values().stream().filter(stream -> stream.owner().equals(key)).toList());
    synchronized (taken) {
      int own = taken.getOrDefault(key, 0);
      int before = shared.map(slots -> slots.take(key, own, perKey)).orElse(own);
      if (before >= perKey) {
        throw Problem.of(
                HttpStatus.TOO_MANY_REQUESTS_429,
                "too_many_streams",
                "This key has %d streams open, which is the limit (FRAMEWISE_MAX_STREAMS_PER_KEY): close one, or wait for its lease to end."
                    .formatted(before))
            .asException();
      }
      taken.put(key, own + 1);
    }
  }

  /** Returns a slot that no stream used. */
  void free(KeyHash key) {
    synchronized (taken) {
      taken.computeIfPresent(key, (same, count) -> count > 1 ? count - 1 : null);
      shared.ifPresent(slots -> freeShared(slots, key));
    }
  }

  /**
   * Stores the new count for other nodes; after a failure, the next slot that is taken stores it.
   */
  private void freeShared(KeySlots slots, KeyHash key) {
    try {
      slots.set(key, taken.getOrDefault(key, 0));
    } catch (RuntimeException e) {
      LOG.warn("Failed to tell other nodes that a stream has ended: {}", e.toString());
    }
  }

  void add(HostedStream stream) {
    streams.put(stream.id(), stream);
  }

  /** The stream with this id, if it belongs to this key; includes recently ended ones. */
  Optional<HostedStream> find(String id, KeyHash key) {
    return Optional.ofNullable(streams.get(id)).filter(stream -> stream.owner().isSame(key));
  }

  /**
   * Ends a stream and, in the background, its session.
   *
   * @return false when it had ended already
   */
  boolean end(HostedStream stream, StopReason reason) {
    if (stream.ended().isPresent() || !stream.end(reason)) {
      settle(List.of(stream));
      return false;
    }
    settle(List.of(stream));
    Thread.ofVirtual()
        .name("stream-end-" + stream.id())
        .start(() -> stream.session().stop(sentence(reason)));
    return true;
  }

  int open() {
    synchronized (taken) {
      return taken.values().stream().mapToInt(Integer::intValue).sum();
    }
  }

  /** Ends streams whose lease has expired or whose client has left, and forgets old ones. */
  void sweep() {
    List<HostedStream> all = List.copyOf(streams.values());
    for (HostedStream stream : all) {
      if (stream.ended().isEmpty() && stream.lease().isOver()) {
        end(stream, StopReason.LEASE_EXPIRED);
      } else if (stream.ended().isEmpty() && stream.isAbandoned()) {
        end(stream, StopReason.WEBRTC_DISCONNECTED);
      }
    }
    settle(all);
    List<HostedStream> past =
        all.stream()
            .filter(stream -> stream.ended().isPresent())
            .sorted(Comparator.comparing(HostedStream::sinceEnd).reversed())
            .toList();
    for (int i = 0; i < past.size(); i++) {
      boolean tooMany = i < past.size() - MAX_REMEMBERED;
      if (tooMany || past.get(i).sinceEnd().compareTo(REMEMBERED) > 0) {
        streams.remove(past.get(i).id());
      }
    }
  }

  /** Returns the slots of ended streams. */
  private void settle(List<HostedStream> some) {
    for (HostedStream stream : some) {
      Optional<StopReason> ended = stream.ended();
      if (ended.isPresent() && stream.settle()) {
        free(stream.owner());
        meters.ended(ended.get().word());
        LOG.info("stream {} ended: {}", stream.id(), ended.get().word());
      }
    }
  }

  private static String sentence(StopReason reason) {
    return switch (reason) {
      case CLIENT_REQUESTED -> "The client closed the stream.";
      case LEASE_EXPIRED -> "The client did not renew the lease of the stream.";
      case WEBRTC_DISCONNECTED -> "The client left.";
      default -> "The stream ended: " + reason.word() + ".";
    };
  }
}
