package framewise.server.access.account;

import framewise.server.access.secret.KeyHash;
import java.time.Instant;
import java.util.Optional;

/**
 * API key of a program, without the key itself.
 *
 * @param id the part of the key that may be displayed
 * @param name its purpose
 * @param expiresAt empty for never
 * @param usedAt when it was last used, to the minute; empty where it never was
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
  /** Whether it has expired by this time. */
  public boolean isExpired(Instant now) {
    return expiresAt.filter(end -> !now.isBefore(end)).isPresent();
  }
}
