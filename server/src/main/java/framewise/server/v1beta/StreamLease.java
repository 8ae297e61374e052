package framewise.server.v1beta;

import java.time.Instant;
import java.util.Optional;

/**
 * How long a stream that was made over v1beta lives.
 *
 * @param expiresAt unless its client gives a sign before
 * @param endedAt empty while it lives
 * @param endReason {@code expired} or {@code deleted}; empty while it lives
 */
record StreamLease(
    Instant createdAt, Instant expiresAt, Optional<Instant> endedAt, Optional<String> endReason) {
  static final int SECONDS = 300;

  static StreamLease begin(Instant now) {
    return new StreamLease(now, now.plusSeconds(SECONDS), Optional.empty(), Optional.empty());
  }

  boolean isOpen() {
    return endedAt.isEmpty();
  }

  StreamLease renewed(Instant now) {
    return new StreamLease(createdAt, now.plusSeconds(SECONDS), endedAt, endReason);
  }

  StreamLease ended(Instant now, String reason) {
    return new StreamLease(createdAt, expiresAt, Optional.of(now), Optional.of(reason));
  }
}
