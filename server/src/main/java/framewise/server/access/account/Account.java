package framewise.server.access.account;

import java.time.Instant;
import java.util.Optional;

/**
 * Account of a person.
 *
 * @param name as written by the person; compared without case
 * @param password its Argon2id hash; empty where only a proxy signs the person in
 * @param generation increases with each new password and each lower role, which invalidates tokens
 *     made before
 */
public record Account(
    String id,
    String name,
    Role role,
    Optional<String> password,
    Instant createdAt,
    int generation) {
  /** Omits secrets, for log lines. */
  @Override
  public String toString() {
    return "Account[%s, %s, %s]".formatted(id, name, role);
  }
}
