package framewise.server.access.account;

import java.time.Instant;

/**
 * Browser in which an account is signed in. The cookie itself is not stored.
 *
 * @param id hash of its cookie
 * @param csrf token that its page must send with every change
 */
public record SignIn(String id, String accountId, String csrf, Instant createdAt, Instant seenAt) {
  /** Omits secrets, for log lines. */
  @Override
  public String toString() {
    return "SignIn[%s]".formatted(accountId);
  }
}
