package framewise.server.access;

import java.time.Instant;
import java.util.Optional;

/**
 * A person who may sign in.
 *
 * @param name as it was written; case does not count
 * @param password its Argon2id hash; empty where only a proxy may sign the person in
 * @param generation grows with each new password and each lower role: tokens that the account made
 *     before are worth nothing
 */
public record Account(
    String id,
    String name,
    Role role,
    Optional<String> password,
    Instant createdAt,
    int generation) {
  /** So that a log line with it in it tells nothing. */
  @Override
  public String toString() {
    return "Account[%s, %s, %s]".formatted(id, name, role);
  }
}
