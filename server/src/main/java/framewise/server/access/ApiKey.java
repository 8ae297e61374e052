package framewise.server.access;

import java.time.Instant;
import java.util.Optional;

/**
 * A key of a program. The key itself is not kept.
 *
 * @param id the part of the key that may be shown
 * @param name what it is for
 * @param expiresAt empty for never
 * @param usedAt when it was last used, to the minute; empty for not yet
 */
public record ApiKey(
    String id,
    String name,
    Role role,
    KeyHash hash,
    Instant createdAt,
    String createdBy,
    Optional<Instant> expiresAt,
    Optional<Instant> usedAt) {
  boolean isExpired(Instant now) {
    return expiresAt.filter(end -> !now.isBefore(end)).isPresent();
  }
}
