package framewise.server.v1beta.stream;

import java.time.Instant;
import java.util.Optional;

/**
 * Lease of a stream created over v1beta.
 *
 * @param expiresAt when it ends, unless its client renews it
 * @param endedAt empty while it is open
 * @param endReason {@code expired} or {@code deleted}; empty while it is open
 * @param ingest how its client publishes; has no meaning for a stream with a source
 */
public record StreamLease(
    Instant createdAt,
    Instant expiresAt,
    Optional<Instant> endedAt,
    Optional<String> endReason,
    Ingest ingest) {
  static final int SECONDS = 300;

  static StreamLease begin(Instant now, Ingest ingest) {
    return new StreamLease(
        now, now.plusSeconds(SECONDS), Optional.empty(), Optional.empty(), ingest);
  }

  /** Whether it has not ended. */
  public boolean isOpen() {
    return endedAt.isEmpty();
  }

  StreamLease renewed(Instant now) {
    return new StreamLease(createdAt, now.plusSeconds(SECONDS), endedAt, endReason, ingest);
  }

  StreamLease ended(Instant now, String reason) {
    return new StreamLease(createdAt, expiresAt, Optional.of(now), Optional.of(reason), ingest);
  }
}
