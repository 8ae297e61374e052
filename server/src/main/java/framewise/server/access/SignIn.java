package framewise.server.access;

import java.time.Instant;

/**
 * A browser in which somebody is signed in. The cookie itself is not kept.
 *
 * @param id the hash of its cookie
 * @param csrf what its page must send along with everything that changes something
 */
public record SignIn(String id, String accountId, String csrf, Instant createdAt, Instant seenAt) {
  /** So that a log line with it in it tells nothing. */
  @Override
  public String toString() {
    return "SignIn[%s]".formatted(accountId);
  }
}
