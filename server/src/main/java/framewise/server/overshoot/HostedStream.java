package framewise.server.overshoot;

import framewise.engine.Status;
import framewise.engine.session.Session;
import framewise.overshoot.wire.StopReason;
import framewise.overshoot.wire.answer.StreamState;
import framewise.server.access.secret.KeyHash;
import framewise.time.WallClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A client's stream: its session, and the ids that only its client knows. Safe for any number of
 * threads.
 */
final class HostedStream {
  /** Time without a picture, beyond the clip interval, after which a stream is idle. */
  private static final Duration QUIET = Duration.ofSeconds(5);

  private final KeyHash owner;
  private final Session session;
  private final StreamOrder order;
  private final MeteredSource source;
  private final StreamExpiry lease;
  private final WallClock clock;
  private final Instant createdAt;
  private final String configId = UUID.randomUUID().toString();

  /** Newest event that a client got, so that a reconnecting one resumes after it. */
  private final AtomicLong delivered = new AtomicLong();

  private int listeners;
  private boolean abandoned;
  private long abandonedNanos;

  private @Nullable StopReason reason;
  private long endedNanos;
  private boolean settled;

  HostedStream(
      KeyHash owner,
      Session session,
      StreamOrder order,
      MeteredSource source,
      StreamExpiry lease,
      WallClock clock) {
    this.owner = owner;
    this.session = session;
    this.order = order;
    this.source = source;
    this.lease = lease;
    this.clock = clock;
    this.createdAt = clock.now();
  }

  String id() {
    return session.id().toString();
  }

  KeyHash owner() {
    return owner;
  }

  Session session() {
    return session;
  }

  StreamOrder order() {
    return order;
  }

  MeteredSource source() {
    return source;
  }

  StreamExpiry lease() {
    return lease;
  }

  Instant createdAt() {
    return createdAt;
  }

  /** Id of the stream's only configuration. */
  String configId() {
    return configId;
  }

  AtomicLong delivered() {
    return delivered;
  }

  /** Why it ended; empty while it runs. */
  synchronized Optional<StopReason> ended() {
    if (reason == null) {
      // A client can't send its video to the node that takes over the session.
      Optional<StopReason> own =
          session.isOwned()
              ? ofStatus(session.view().status())
              : Optional.of(StopReason.WEBRTC_DISCONNECTED);
      own.ifPresent(this::end);
    }
    return Optional.ofNullable(reason);
  }

  /**
   * Records the end.
   *
   * @return false when it had ended already
   */
  synchronized boolean end(StopReason why) {
    if (reason != null) {
      return false;
    }
    reason = why;
    endedNanos = clock.nanos();
    return true;
  }

  /** Whether this is the first call after the end. */
  synchronized boolean settle() {
    boolean first = reason != null && !settled;
    settled |= first;
    return first;
  }

  /** Time since its end; zero while it runs. */
  synchronized Duration sinceEnd() {
    return reason == null ? Duration.ZERO : Duration.ofNanos(clock.nanos() - endedNanos);
  }

  /** A client has connected for results. */
  synchronized void joined() {
    listeners++;
    abandoned = false;
  }

  /**
   * A client that {@link #joined} has disconnected.
   *
   * @param farewell whether it left on purpose, rather than lost its connection and may reconnect
   */
  synchronized void parted(boolean farewell) {
    listeners--;
    abandoned = listeners == 0 && farewell;
    abandonedNanos = clock.nanos();
  }

  /**
   * Whether its client has left: no client is connected for results, and no pictures arrive. Early
   * clients send no other goodbye, and a connection that they close counts as lost here only after
   * 15 s.
   */
  boolean isAbandoned() {
    synchronized (this) {
      if (!abandoned || clock.nanos() - abandonedNanos <= QUIET.toNanos()) {
        return false;
      }
    }
    return state() != StreamState.ACTIVE;
  }

  StreamState state() {
    var arrivals = source.arrivals();
    if (arrivals.pictures() == 0) {
      return StreamState.PENDING;
    }
    Duration between =
        Duration.ofMillis((long) (order.samplingRequest().sampling().delaySeconds() * 1e3));
    return arrivals.quiet().compareTo(QUIET.plus(between)) > 0
        ? StreamState.IDLE
        : StreamState.ACTIVE;
  }

  /** Sessions end by themselves when their peer is gone, and by hand in the console. */
  private static Optional<StopReason> ofStatus(Status status) {
    return switch (status) {
      case WAITING, STREAMING, UPLOADED -> Optional.empty();
      case STOPPED -> Optional.of(StopReason.CLIENT_REQUESTED);
      case FINISHED, FAILED -> Optional.of(StopReason.WEBRTC_DISCONNECTED);
    };
  }
}
