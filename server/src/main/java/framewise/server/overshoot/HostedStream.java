package framewise.server.overshoot;

import framewise.engine.Status;
import framewise.engine.WallClock;
import framewise.engine.session.Session;
import framewise.overshoot.wire.StopReason;
import framewise.overshoot.wire.StreamState;
import framewise.server.access.KeyHash;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One stream of a client: the session that it became, and what only its client knows it by. Safe
 * for any number of threads.
 */
final class HostedStream {
  /** After so long without a picture, beyond the time between two clips, a stream is idle. */
  private static final Duration QUIET = Duration.ofSeconds(5);

  private final KeyHash owner;
  private final Session session;
  private final StreamOrder order;
  private final MeteredSource source;
  private final Lease lease;
  private final WallClock clock;
  private final Instant createdAt;
  private final String configId = UUID.randomUUID().toString();

  /** The newest event that some client got, so that one that comes back goes on after it. */
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
      Lease lease,
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

  Lease lease() {
    return lease;
  }

  Instant createdAt() {
    return createdAt;
  }

  /** The id of the one configuration that a stream has. */
  String configId() {
    return configId;
  }

  AtomicLong delivered() {
    return delivered;
  }

  /** Why it ended, whoever ended it; empty while it goes on. */
  synchronized Optional<StopReason> ended() {
    if (reason == null) {
      Optional<StopReason> own = ofStatus(session.view().status());
      own.ifPresent(this::end);
    }
    return Optional.ofNullable(reason);
  }

  /**
   * Notes the end.
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

  /** True for the first who asks after the end. */
  synchronized boolean settle() {
    boolean first = reason != null && !settled;
    settled |= first;
    return first;
  }

  /** How long ago it ended; nothing while it goes on. */
  synchronized Duration sinceEnd() {
    return reason == null ? Duration.ZERO : Duration.ofNanos(clock.nanos() - endedNanos);
  }

  /** A client is there for the results. */
  synchronized void joined() {
    listeners++;
    abandoned = false;
  }

  /**
   * One that {@link #joined} is not any more.
   *
   * @param farewell whether it left, rather than lost its connection and may come back
   */
  synchronized void parted(boolean farewell) {
    listeners--;
    abandoned = listeners == 0 && farewell;
    abandonedNanos = clock.nanos();
  }

  /**
   * Whether its client has left: nobody is there for the results any more, and no picture comes.
   * The first clients say no other farewell, and a connection that was closed over there counts as
   * broken here only after 15 s.
   */
  boolean isDeserted() {
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
    Duration between = Duration.ofMillis((long) (order.looking().sampling().delaySeconds() * 1e3));
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
